import type { ComponentChildren } from 'preact'

type Props = {
  id: string
  label: string
  help?: string | undefined
  /** What is wrong with what was typed, in a sentence; shown and read out. */
  wrong?: string | null | undefined
  children: (attributes: {
    id: string
    'aria-describedby'?: string
    'aria-invalid'?: boolean
  }) => ComponentChildren
}

/** A field with its label, help and fault, tied together for a screen reader. */
export const Field = ({ id, label, help, wrong, children }: Props) => {
  const described = [help !== undefined && `${id}-help`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help !== undefined && (
        <span class="help" id={`${id}-help`}>
          {help}
        </span>
      )}
      {children({
        id,
        ...(described !== '' && { 'aria-describedby': described }),
        ...(wrong && { 'aria-invalid': true }),
      })}
      {wrong && (
        <span class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  )
}
