import type { DocumentContact } from '../../protocol/vault-document.ts'
import { p } from '../text/plan-text.ts'

/** Whose letter opens with what a mail carries. */
export const LinkWarning = ({ contact: { id, name } }: { contact: DocumentContact }) => (
  <div class="light amber">
    <span class="dot" />
    <span>
      {p('share.link', { name })}
      <br />
      <a href={`#/person/${id}`}>{p('share.link.change', { name })}</a>
    </span>
  </div>
)
