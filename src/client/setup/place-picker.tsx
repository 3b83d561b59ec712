import { FALLBACK_HOTLINE, hotlineOrFallback, isVerified } from '../../content/hotline.ts'
import { areaOf } from '../../content/hotline-area.ts'
import { regions } from '../../content/regions.ts'
import { language } from '../text/language.ts'
import { s } from '../text/setup-text.ts'
import { Field } from '../ui/field.tsx'

type Props = { state: string; hotline: string; onPick: (state: string, hotline: string) => void }

/** State, then county: which hotline the owner's people are told to call. Who finds no place gets the national line, and is told. */
export const PlacePicker = ({ state, hotline, onPick }: Props) => {
  const all = regions(language.value)
  const known =
    state === '' ? all.find(({ areas }) => areas.some((area) => area.hotline === hotline)) : undefined
  const region = known ?? all.find((one) => one.state === state)
  const line = hotlineOrFallback(hotline)
  const { note } = areaOf(hotline)
  return (
    <>
      <Field id="state" label={s('place.state')} help={s('place.help')}>
        {(attributes) => (
          <select
            {...attributes}
            value={region?.state ?? ''}
            onChange={(event) => {
              const picked = all.find((one) => one.state === event.currentTarget.value)
              const only = picked?.areas.length === 1 ? picked.areas[0] : undefined
              onPick(event.currentTarget.value, only?.hotline ?? FALLBACK_HOTLINE)
            }}
          >
            <option value="">{s('place.elsewhere')}</option>
            {all.map((one) => (
              <option key={one.state} value={one.state}>
                {one.name[language.value]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {region !== undefined && region.areas.length > 1 && (
        <Field id="county" label={s('place.county')}>
          {(attributes) => (
            <select
              {...attributes}
              value={line.id}
              onChange={(event) => onPick(region.state, event.currentTarget.value)}
            >
              <option value={FALLBACK_HOTLINE}>{s('place.county.other')}</option>
              {region.areas.map((one) => (
                <option key={`${one.hotline} ${one.county}`} value={one.hotline}>
                  {one.area[language.value]}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <p class="card" aria-live="polite">
        <span class="small soft">{s('place.line')}</span>
        <br />
        <b>{line.name}</b> <bdi class="count">{line.display}</bdi>
        {note !== null && (
          <>
            <br />
            <span class="small">{note[language.value]}</span>
          </>
        )}
        {!isVerified(line) && (
          <>
            <br />
            <span class="small">{s('place.unverified')}</span>
          </>
        )}
      </p>
    </>
  )
}
