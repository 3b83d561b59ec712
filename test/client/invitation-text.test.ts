import { describe, expect, test } from 'vitest'
import { invitationText, whatsappLink } from '../../src/client/invite/invitation-text.ts'
import { newContact } from '../../src/client/vault/document.ts'
import { random } from '../../src/client/vault/random.ts'
import { vaultIdOf } from '../../src/crypto/root.ts'
import { fromText } from '../../src/protocol/bytes.ts'
import { decodeLink } from '../../src/protocol/link.ts'

const ORIGIN = 'https://amparo.example'
const root = random(16)
const contactIn = (language: 'es' | 'en') =>
  newContact({ name: 'Rosa', email: null, language, text: 'x', phrase: null, lock: { kind: 'paired' } })

describe.each(['es', 'en'] as const)('the invitation, in %s,', (language) => {
  const contact = contactIn(language)
  const made = invitationText(ORIGIN, root, 'Ana María', contact)

  test('says AMPARO and who invites, and has the link on a line of its own', async () => {
    const { text, link } = await made
    expect(text).toContain('AMPARO')
    expect(text).toContain('Ana María')
    expect(text.split('\n').filter((line) => line === link)).toHaveLength(1)
    expect(text.match(/https?:/g)).toHaveLength(1)
  })

  test('carries the contact’s own secret, and no other key', async () => {
    const { link } = await made
    const [page, fragment] = link.split('#')
    expect(page).toBe(`${ORIGIN}/join`)
    expect(decodeLink('join', fragment ?? '')).toEqual({
      kind: 'join',
      vault: vaultIdOf(root),
      id: fromText(contact.id),
      secret: fromText(contact.secret),
    })
  })

  test('goes to the messenger on the phone, and to no server', async () => {
    const { text } = await made
    const address = new URL(whatsappLink(text))
    expect(address.protocol).toBe('whatsapp:')
    expect(address.searchParams.get('text')).toBe(text)
  })
})

test('each contact is written to in the own language', async () => {
  const [spanish, english] = await Promise.all(
    (['es', 'en'] as const).map((language) => invitationText(ORIGIN, root, 'Ana', contactIn(language))),
  )
  expect(spanish?.text).toMatch(/Guarda este mensaje/)
  expect(english?.text).toMatch(/Keep this message/)
})
