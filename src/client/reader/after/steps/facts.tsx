import { useSignal } from '@preact/signals'
import type { FactGroup, Fact as One } from '../../../next-steps/shown-plan.ts'
import { s } from '../../../text/steps-text.ts'

type Copied = 'yes' | 'no'

/** To be pasted into the form of a look-up. Where a browser refuses, the words stand there to be held. */
export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const said = useSignal<Copied | null>(null)
  const copy = (): void => {
    // The clipboard is missing in a browser that an app has opened inside itself.
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(
        () => {
          said.value = 'yes'
        },
        () => {
          said.value = 'no'
        },
      )
  }
  return (
    <>
      {said.value === 'no' && <span class="small">{s('copy.not')}</span>}
      <button type="button" class="quiet" onClick={copy} aria-label={s('copy.what', { what: label })}>
        {said.value === 'yes' ? s('copied') : s('copy')}
      </button>
      <span class="hidden" role="status">
        {said.value === 'yes' ? s('copied') : ''}
      </span>
    </>
  )
}

const Fact = ({ fact: { label, text, copy, tel, said } }: { fact: One }) => {
  const name = label ?? s('plan.more')
  if (said) return <li>{name}</li>
  return (
    <li>
      <span>
        <span class="small soft">{name}</span>
        <br />
        {tel === null ? (
          <bdi class="written">{text}</bdi>
        ) : (
          <a href={`tel:${tel}`}>
            <bdi>{text}</bdi>
          </a>
        )}
        {copy !== text && (
          <>
            <br />
            <span class="small">
              {s('nine')} <bdi>{copy}</bdi>
            </span>
          </>
        )}
      </span>
      <CopyButton text={copy} label={name} />
    </li>
  )
}

/** What the owner wrote, as she wrote it; nothing of it is a link, but for a number in a field for numbers. */
export const Facts = ({ groups }: { groups: readonly FactGroup[] }) => (
  <>
    {groups.map(({ section, title, which, facts }) => (
      <div key={`${section} ${which}`} class="facts-of">
        {title !== null && (
          <b class="small">
            {title}
            {which !== null && ` · ${which}`}
          </b>
        )}
        <ul>
          {facts.map((fact) => (
            <Fact key={fact.id} fact={fact} />
          ))}
        </ul>
      </div>
    ))}
  </>
)
