import { useSignal } from '@preact/signals'
import { PLAN_SECTIONS } from '../../content/family-plan.ts'
import { unwritable } from '../print/helvetica.ts'
import { PAPER } from '../print/pdf.ts'
import { savePdf } from '../print/save-pdf.ts'
import { dayOf, language } from '../text/language.ts'
import { p } from '../text/plan-text.ts'
import { pageName } from './entries-view.tsx'
import { storedSection, withDrafts } from './merge.ts'
import { planPdf } from './plan-pdf.ts'
import { allOf, newestOf, type PlanPrint, printedSections } from './plan-print.ts'
import { PlanPage, type PlanPlace } from './use-plan.tsx'
import { listed, sensitiveIn, titleOf } from './words.ts'

type Paper = keyof typeof PAPER

/** What the browser prints of this page. */
const Sheet = ({ print }: { print: PlanPrint }) => (
  <section class="sheet plan-sheet" aria-hidden="true">
    <h1>{print.title}</h1>
    {print.asOf !== null && <p>{print.asOf}</p>}
    <p>{print.careful}</p>
    {print.sections.map(({ id, title, pages }) => (
      <section key={id}>
        <h2>{title}</h2>
        {pages.map(({ name, fields }, at) => (
          <div class="plan-page" key={at}>
            {name !== null && <h3>{name}</h3>}
            <dl>
              {fields.map(({ label, kind, text }) => (
                <div key={label}>
                  <dt>
                    {kind === 'check' && <span class="tick">{text === null ? '☐ ' : '☒ '}</span>}
                    {label}
                  </dt>
                  {kind !== 'check' && (text === null ? <dd class="rule" /> : <dd>{text}</dd>)}
                </div>
              ))}
            </dl>
          </div>
        ))}
      </section>
    ))}
  </section>
)

const Form = ({ place }: { place: PlanPlace }) => {
  const plan = withDrafts(place.plan, place.drafts, 0)
  const isFilled = (id: string): boolean => storedSection(plan, id) !== null
  const dropped = useSignal<readonly string[]>([])
  const withLines = useSignal(false)
  const paper = useSignal<Paper>('letter')
  const failed = useSignal(false)
  const offered = PLAN_SECTIONS.map(({ id }) => id).filter((id) => withLines.value || isFilled(id))
  const picked = offered.filter((id) => !dropped.value.includes(id))
  const stored = plan.sections.filter(({ id }) => picked.includes(id))
  const written = newestOf(place.plan.sections.filter(({ id }) => picked.includes(id)))
  const sensitive = stored.flatMap(({ id, entries }) => sensitiveIn(id, entries))
  const print: PlanPrint = {
    title: p('pdf.of', { name: place.opened.document.name }),
    asOf: written === null ? null : p('pdf.as-of', { date: dayOf(written) }),
    careful: p('pdf.careful'),
    sections: printedSections(plan, picked, withLines.value, { titleOf, nameOf: pageName }),
    foot: (page, pages) => p('pdf.page', { page, pages }),
  }
  const save = (): void => {
    failed.value = false
    try {
      savePdf(planPdf(PAPER[paper.value], print, language.value), p('pdf.name'))
    } catch {
      failed.value = true
    }
  }
  const canWrite = unwritable(allOf(print)).length === 0
  return (
    <>
      <p>{p('print.body')}</p>
      <label class="choice">
        <input
          type="checkbox"
          checked={withLines.value}
          onChange={(event) => {
            withLines.value = event.currentTarget.checked
          }}
        />
        <span>{p('print.lines')}</span>
      </label>
      {offered.length > 0 && (
        <fieldset class="choices">
          <legend>{p('print.which')}</legend>
          {offered.map((id) => (
            <label class="choice" key={id}>
              <input
                type="checkbox"
                checked={picked.includes(id)}
                onChange={(event) => {
                  const others = dropped.value.filter((one) => one !== id)
                  dropped.value = event.currentTarget.checked ? others : [...others, id]
                }}
              />
              <span>{titleOf(id)}</span>
            </label>
          ))}
        </fieldset>
      )}
      {sensitive.length > 0 && (
        <p class="light amber">
          <span class="dot" />
          <span>{p('print.sensitive', { fields: listed(sensitive) })}</span>
        </p>
      )}
      {place.drafts.length > 0 && <p class="soft small">{p('print.unstored')}</p>}
      {print.sections.length === 0 && <p class="soft">{p('print.nothing')}</p>}
      {print.sections.length > 0 && (
        <div class="stack">
          {canWrite ? (
            <>
              <fieldset class="choices">
                <legend>{p('print.paper')}</legend>
                {(['letter', 'a4'] as const).map((one) => (
                  <label class="choice" key={one}>
                    <input
                      type="radio"
                      name="paper"
                      checked={paper.value === one}
                      onChange={() => (paper.value = one)}
                    />
                    <span>{p(`print.${one}`)}</span>
                  </label>
                ))}
              </fieldset>
              {failed.value && (
                <p class="wrong" role="alert">
                  {p('print.failed')}
                </p>
              )}
              <button type="button" class="btn prime" onClick={save}>
                {p('print.pdf')}
              </button>
              <p class="soft small">{p('print.pdf.where')}</p>
            </>
          ) : (
            <p class="light amber">{p('print.cannot')}</p>
          )}
          <button type="button" class="btn" onClick={() => globalThis.print()}>
            {p('print.browser')}
          </button>
        </div>
      )}
      <Sheet print={print} />
    </>
  )
}

/** The plan on paper: as a PDF, or by the browser's own printing. */
export const PrintPage = () => (
  <PlanPage title={p('print.title')} back="plan">
    {(place) => <Form place={place} />}
  </PlanPage>
)
