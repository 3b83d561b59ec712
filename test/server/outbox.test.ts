import { expect, test } from 'vitest'
import { committed, mails, pressed, send } from './api.ts'
import { withEnv } from './time.ts'

test('the outbox shows each mail, its links to be tapped, its HTML in a frame without scripts', async () => {
  const family = await committed()
  await pressed(family)
  const [mail] = await mails(family.contacts[1]!.address, 1)
  const page = await send('/outbox')
  const html = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
  const shows = (part: string): boolean => html.includes(part)
  expect(shows(family.contacts[1]!.address)).toBe(true)
  const link = /https:\/\/amparo\.test\/letter#\w+/.exec(mail!.text)![0]
  expect(shows(`<a href="${link}"`)).toBe(true)
  const frame = await send(`/outbox/mail?id=${mail!.id}`)
  expect((await frame.text()) === mail!.html).toBe(true)
  expect(frame.headers.get('content-security-policy')).toContain('sandbox')
  expect(frame.headers.get('content-security-policy')).not.toContain('allow-scripts')
  expect((await send('/outbox/mail?id=nothing')).status).toBe(404)
})

test('nothing of it exists on any other server, not even what was kept before', async () => {
  const family = await committed()
  await pressed(family)
  await mails(family.contacts[1]!.address, 1)
  const takeBack = withEnv({ AMPARO_LOCAL: undefined })
  for (const path of ['/outbox', '/outbox.json', '/outbox/mail?id=x', '/outbox/']) {
    const response = await send(path)
    expect(response.status).toBe(404)
    expect(await response.text()).toBe('{"error":"no-route"}')
  }
  takeBack()
})
