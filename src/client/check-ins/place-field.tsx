import { useEffect } from 'preact/hooks'
import { PLACE_MAX_CHARS } from '../../protocol/limits.ts'
import { isLocked } from '../device/locked.ts'
import { c } from '../text/check-ins-text.ts'
import { Field } from '../ui/field.tsx'

type Props = { place: string; onChange: (place: string) => void }

/** Where she will be, if she wants to say so. Sealed with the vault's keys, so a locked phone asks for the PIN first, and shows no place. */
export const PlaceField = ({ place, onChange }: Props) => {
  const locked = isLocked()
  useEffect(() => {
    if (locked && place !== '') onChange('')
  }, [locked])
  if (locked)
    return (
      <a class="btn" href="#/check-ins/open">
        {c('place.locked')}
      </a>
    )
  return (
    <Field id="place" label={c('place')} help={c('place.help')}>
      {(attributes) => (
        <input
          {...attributes}
          value={place}
          maxLength={PLACE_MAX_CHARS}
          autocomplete="off"
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
