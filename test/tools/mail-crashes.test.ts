import { expect, test } from 'vitest'
import { crashCampaign } from '../../bench/mailroom/crashes.ts'

test('killed in the middle of alerts and started on the same disk, it loses no message and sends none twice', async () => {
  const seed = Date.now()
  const survived = await crashCampaign({ kills: 5, contacts: 3, seed })
  expect(survived, `with the seed ${seed}`).toMatchObject({
    messages: 15,
    once: 15,
    oftener: 0,
    never: 0,
    told: 5,
  })
}, 400_000)
