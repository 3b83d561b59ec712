import type { VNode } from 'preact'
import { planSection } from '../../content/family-plan.ts'
import { route } from '../ui/route.ts'
import { CarePage } from './care-page.tsx'
import { PlanIndex } from './plan-index.tsx'
import { PrintPage } from './print-page.tsx'
import { SectionPage } from './section-page.tsx'
import { SharePage } from './share-page.tsx'
import { ShownPage } from './shown-page.tsx'
import './plan.css'

const placeOf = (place: string): VNode => {
  const [, first = '', second] = place.split('/')
  if (first === 'care') return <CarePage />
  if (first === 'print') return <PrintPage />
  if (first === 'shown') return <ShownPage key={place} contact={second ?? null} />
  if (planSection(first) === null) return <PlanIndex />
  return second === 'share' ? (
    <SharePage key={place} section={first} />
  ) : (
    <SectionPage key={place} id={first} />
  )
}

/** The family's plan: `#/plan`, `#/plan/<section>`, `#/plan/<section>/share`, `#/plan/shown`, `#/plan/care`, `#/plan/print`. */
export const FamilyPlan = () => placeOf(route.value)
