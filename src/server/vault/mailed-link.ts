import { fromText } from '../../protocol/bytes.ts'
import { encodeLink, type LinkKind } from '../../protocol/link.ts'

/**
 * A link as a mail carries it (`protocol.md §10`).
 * @param secret 16 bytes as text; null where the link opens nothing by itself
 */
export const mailedLink = (
  origin: string,
  kind: LinkKind,
  vault: string,
  id: string,
  secret: string | null,
): string => {
  const fragment = encodeLink({
    kind,
    vault: fromText(vault),
    id: fromText(id),
    secret: secret === null ? null : fromText(secret),
  })
  return `${origin}/${kind}#${fragment}`
}
