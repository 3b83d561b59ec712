import { Hono } from 'hono'
import { HOOKS, ROUTES } from '../protocol/routes.ts'
import type { Env } from './env.ts'
import { log } from './log.ts'
import { Refused, refuse, statusOf } from './refusal.ts'
import { alerts, clear, withdraw } from './routes/alert.ts'
import { findCard, putCard } from './routes/card.ts'
import {
  checkInArm,
  checkInCode,
  checkInEnd,
  checkInExtend,
  checkIns,
  checkInWell,
} from './routes/check-in.ts'
import { contacts } from './routes/contact.ts'
import { drill, ready } from './routes/drill.ts'
import { guardOpened, guardRemove, guardSet, guardTry } from './routes/guard.ts'
import { handEnd, handGive, handLook, handOffer, handTake, handTaken } from './routes/hand-over.ts'
import { hookEmail, hookTwilio } from './routes/hook.ts'
import { host } from './routes/host.ts'
import { accept, code, join, leave } from './routes/join.ts'
import { letter, receipt, standing, word } from './routes/letter.ts'
import { outboxJson, outboxMail, outboxPage } from './routes/outbox.ts'
import { plan, share, steps, tick } from './routes/plan.ts'
import { cancel, press, status } from './routes/press.ts'
import { cover, presses, situation, told } from './routes/presser.ts'
import { stop } from './routes/stop.ts'
import { commit, end, open, remove } from './routes/vault.ts'

/** The API as a table of contents (`protocol.md §7`). */
export const app = new Hono<{ Bindings: Env }>()

app.use(async (context, next) => {
  await next()
  context.header('cache-control', 'no-store')
  context.header('referrer-policy', 'no-referrer')
  context.header('x-content-type-options', 'nosniff')
})

app.get(ROUTES.host, host)
app.post(ROUTES.commit, commit)
app.post(ROUTES.open, open)
app.post(ROUTES.delete, remove)
app.post(ROUTES.end, end)
app.post(ROUTES.plan, plan)
app.post(ROUTES.contacts, contacts)
app.post(ROUTES.alerts, alerts)
app.post(ROUTES.clear, clear)
app.post(ROUTES.withdraw, withdraw)
app.post(ROUTES.drill, drill)
app.post(ROUTES.ready, ready)
app.post(ROUTES.checkIns, checkIns)
app.post(ROUTES.checkInArm, checkInArm)
app.post(ROUTES.checkInWell, checkInWell)
app.post(ROUTES.checkInExtend, checkInExtend)
app.post(ROUTES.checkInEnd, checkInEnd)
app.post(ROUTES.checkInCode, checkInCode)
app.post(ROUTES.press, press)
app.post(ROUTES.cancel, cancel)
app.post(ROUTES.status, status)
app.post(ROUTES.cover, cover)
app.post(ROUTES.situation, situation)
app.post(ROUTES.presses, presses)
app.post(ROUTES.told, told)
app.post(ROUTES.letter, letter)
app.post(ROUTES.word, word)
app.post(ROUTES.receipt, receipt)
app.post(ROUTES.standing, standing)
app.post(ROUTES.share, share)
app.post(ROUTES.steps, steps)
app.post(ROUTES.tick, tick)
app.post(ROUTES.join, join)
app.post(ROUTES.code, code)
app.post(ROUTES.accept, accept)
app.post(ROUTES.leave, leave)
app.post(ROUTES.stop, stop)
app.post(ROUTES.guardSet, guardSet)
app.post(ROUTES.guardTry, guardTry)
app.post(ROUTES.guardOpened, guardOpened)
app.post(ROUTES.guardRemove, guardRemove)
app.post(ROUTES.handOffer, handOffer)
app.post(ROUTES.handLook, handLook)
app.post(ROUTES.handGive, handGive)
app.post(ROUTES.handEnd, handEnd)
app.post(ROUTES.handTake, handTake)
app.post(ROUTES.handTaken, handTaken)
app.post(ROUTES.putCard, putCard)
app.post(ROUTES.findCard, findCard)
app.post(HOOKS.email, hookEmail)
app.post(HOOKS.twilio, hookTwilio)

app.get('/outbox', outboxPage)
app.get('/outbox/mail', outboxMail)
app.get('/outbox.json', outboxJson)

for (const [name, path] of Object.entries({ ...ROUTES, ...HOOKS })) {
  app.all(path, (context) => {
    context.header('allow', name === 'host' ? 'GET, HEAD' : 'POST')
    throw new Refused(refuse('method'))
  })
}

app.notFound((context) => {
  const refusal = refuse('no-route')
  return context.json(refusal, statusOf(refusal))
})

app.onError((error, context) => {
  const refusal = error instanceof Refused ? error.refusal : refuse('try-again')
  log(error instanceof Refused ? `refused-${refusal.error}` : 'unexpected-error')
  return context.json(refusal, statusOf(refusal))
})
