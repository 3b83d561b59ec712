/** When a step is done, and by whom. Apart from the schema, which no phone has to load. */
export const PHASES = ['first-hour', 'first-day', 'first-week'] as const
/** Who may read the list. Each step names whom it is for. */
export const ROLES = ['partner', 'parent', 'carer', 'friend', 'employer', 'lawyer'] as const
export type Phase = (typeof PHASES)[number]
export type Role = (typeof ROLES)[number]
