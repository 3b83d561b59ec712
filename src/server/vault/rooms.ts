import type { Env } from '../env.ts'
import { Advancing } from './advancing.ts'
import { AlertStore } from './alert-store.ts'
import { Alerting } from './alerting.ts'
import { CardPutting } from './card-putting.ts'
import { CardStore } from './card-store.ts'
import { CheckInStore } from './check-in-store.ts'
import { CheckingIn } from './checking-in.ts'
import { Commit } from './commit.ts'
import type { Stores } from './committing.ts'
import { ContactStore } from './contact-store.ts'
import { CoreStore } from './core-store.ts'
import { DeliveryStore } from './delivery-store.ts'
import { Door } from './door.ts'
import { DrillStore } from './drill-store.ts'
import { Drilling } from './drilling.ts'
import { Errands } from './errands.ts'
import { GuardStore } from './guard-store.ts'
import { Guarding } from './guarding.ts'
import { HandingOver } from './handing-over.ts'
import { HeldUp } from './held-up.ts'
import { Joining } from './joining.ts'
import { LetterStore } from './letter-store.ts'
import { OnItStore } from './on-it-store.ts'
import { Owning } from './owning.ts'
import { PlanStore } from './plan-store.ts'
import { PresserStore } from './presser-store.ts'
import { Pressers } from './pressers.ts'
import { Pressing } from './pressing.ts'
import { PushStore } from './push-store.ts'
import { Reading } from './reading.ts'
import { Receiving } from './receiving.ts'
import { Reminding } from './reminding.ts'
import { Sharing } from './sharing.ts'
import { Standing } from './standing.ts'
import { StepStore } from './step-store.ts'
import { StopLinks } from './stop-links.ts'
import { Succeeding } from './succeeding.ts'
import { SuccessionStore } from './succession-store.ts'
import { Telling } from './telling.ts'
import { ToldStore } from './told-store.ts'

const storesOf = (sql: SqlStorage): Stores => ({
  core: new CoreStore(sql),
  cards: new CardStore(sql),
  alerts: new AlertStore(sql),
  deliveries: new DeliveryStore(sql),
  letters: new LetterStore(sql),
  contacts: new ContactStore(sql),
  onIt: new OnItStore(sql),
  stopLinks: new StopLinks(sql),
  pushes: new PushStore(sql),
  drills: new DrillStore(sql),
  made: new PresserStore(sql),
  checkIns: new CheckInStore(sql),
  plans: new PlanStore(sql),
  steps: new StepStore(sql),
})

/** The rooms of one vault, and what each of them needs. Composes, and does nothing else. */
export const roomsOf = (ctx: DurableObjectState, env: Env) => {
  const { sql } = ctx.storage
  const stores = storesOf(sql)
  const { core, alerts, deliveries, letters, onIt, made, plans, steps } = stores
  const door = new Door(core)
  const alerting = new Alerting(stores)
  const advancing = new Advancing(ctx, stores, alerting)
  const errands = new Errands(ctx, env, stores, alerting)
  const heldUp = new HeldUp(deliveries, errands)
  const shared = { door, alerting, advancing, errands, heldUp }
  const reading = new Reading(letters)
  const standing = new Standing(letters, onIt, made)
  const sharing = new Sharing(standing, plans, steps)
  const telling = new Telling(ctx, env, new ToldStore(sql), { core, alerts, ...shared })
  const checkingIn = new CheckingIn(ctx, stores, shared)
  const drilling = new Drilling(stores, alerting)
  return {
    ...{ core, plans, ...shared, reading, standing, sharing, telling, checkingIn },
    cardPutting: new CardPutting(ctx, env.SEALED, stores, door, errands),
    commit: new Commit(ctx, env.SEALED, stores, errands, {
      before: (vault) => {
        advancing.advance(vault, { kind: 'tick' }, null)
        checkingIn.tick(vault)
      },
      after: (vault, alone) => {
        for (const alert of alone) advancing.advance(vault, { kind: 'alone', alert }, alert)
        checkingIn.follow(vault)
      },
      ends: (pressers) => checkingIn.isNeeded(pressers),
    }),
    guarding: new Guarding(ctx, env.SEALED, stores, new GuardStore(sql), errands),
    handingOver: new HandingOver(),
    joining: new Joining(ctx, stores, errands),
    owning: new Owning(ctx, stores, { ...shared, drilling }),
    pressers: new Pressers(ctx, stores, shared),
    pressing: new Pressing(ctx, stores, { ...shared, telling }),
    receiving: new Receiving(ctx, core, { ...shared, reading, standing, sharing }),
    reminding: new Reminding(ctx, env, stores, errands),
    succeeding: new Succeeding(ctx, core, new SuccessionStore(sql), { ...shared, checkingIn }),
  }
}
export type Rooms = ReturnType<typeof roomsOf>
