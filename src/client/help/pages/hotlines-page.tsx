import { FALLBACK_HOTLINE } from '../../../content/hotline.ts'
import type { LineKind } from '../../../content/hotline-schema.ts'
import { LINES, type Line, lineById } from '../../../content/lines.ts'
import { statesFor } from '../../../content/places.ts'
import { STATE_NAMES } from '../../../content/state-names.ts'
import { whatToSay } from '../../../content/what-to-say.ts'
import { LineCard } from './line-card.tsx'
import type { Words } from './words.ts'

const OTHER_KINDS = ['legal-help', 'family-support', 'find-person', 'report-violation'] as const

/** Works with JavaScript only, and is shown by it: without it the list below has every line. */
const Near = ({ words: { language, t } }: { words: Words }) => (
  <section class="stack" id="near" hidden>
    <h2>{t('near.title')}</h2>
    <div class="field">
      <label for="state">{t('near.state')}</label>
      <select id="state">
        <option value="">{t('near.choose')}</option>
        {statesFor(language).map(({ state, name }) => (
          <option key={state} value={state}>
            {name}
          </option>
        ))}
      </select>
    </div>
    <div class="field" id="county-field" hidden>
      <label for="county">{t('near.county')}</label>
      <select id="county">
        <option value="">{t('near.county.none')}</option>
      </select>
    </div>
    <div id="locate-field" class="stack" hidden>
      <button type="button" class="btn" id="locate">
        {t('near.locate')}
      </button>
      <p class="small soft">{t('near.locate.more')}</p>
    </div>
    <p id="near-status" class="small" role="status" />
    <div id="near-lines" class="stack" />
  </section>
)

const Say = ({ kind, words: { language, t } }: { kind: LineKind; words: Words }) => {
  const { say, leaveOut } = whatToSay(kind)
  return (
    <section class="card">
      <h3>{t('say.title')}</h3>
      <ul class="tips">
        {say.map((text) => (
          <li key={text.en}>{text[language]}</li>
        ))}
      </ul>
      <h3>{t('say.not')}</h3>
      <ul class="tips beware">
        {leaveOut.map((text) => (
          <li key={text.en}>{text[language]}</li>
        ))}
      </ul>
    </section>
  )
}

const Cards = ({ lines, words }: { lines: readonly Line[]; words: Words }) => (
  <div class="stack">
    {lines.map((line) => (
      <LineCard key={line.id} line={line} words={words} />
    ))}
  </div>
)

/** A line stands once: under the first of its states. */
const byState = ({ language }: Words): { name: string; lines: Line[] }[] => {
  const raid = LINES.filter(({ kind, id }) => kind === 'raid-report' && id !== FALLBACK_HOTLINE)
  const states = [...new Set(raid.map(({ states: [first = ''] }) => first))]
  return states
    .map((state) => ({
      name: STATE_NAMES[state]?.[language] ?? state,
      lines: raid.filter(({ states: [first] }) => first === state),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, language))
}

export const HotlinesPage = ({ words }: { words: Words }) => {
  const { t } = words
  const fallback = lineById(FALLBACK_HOTLINE)
  return (
    <>
      <p>{t('hotlines.body')}</p>
      <Near words={words} />
      <Say kind="raid-report" words={words} />
      <section class="stack" id="by-state">
        <h2>{t('hotlines.states')}</h2>
        <p class="small soft">{t('hotlines.states.more')}</p>
        {byState(words).map(({ name, lines }) => (
          <details key={name} class="fold">
            <summary>
              {name} <span class="soft">({lines.length})</span>
            </summary>
            <Cards lines={lines} words={words} />
          </details>
        ))}
      </section>
      {fallback !== null && (
        <section class="stack" id="national">
          <h2>{t('hotlines.national')}</h2>
          <LineCard line={fallback} words={words} />
        </section>
      )}
      {OTHER_KINDS.map((kind) => (
        <section key={kind} class="stack" id={kind}>
          <h2>{t(`hotlines.${kind}`)}</h2>
          <details class="fold">
            <summary>{t(`hotlines.${kind}.more`)}</summary>
            <div class="stack">
              <Say kind={kind} words={words} />
              <Cards lines={LINES.filter((line) => line.kind === kind)} words={words} />
            </div>
          </details>
        </section>
      ))}
    </>
  )
}
