import { newId } from '../../../src/client/vault/random.ts'
import { linkPresserSecretOf, pressKeyOf } from '../../../src/crypto/presser.ts'
import { presserTokenOf } from '../../../src/crypto/situation.ts'
import { fromText, toText } from '../../../src/protocol/bytes.ts'
import { encodeLink } from '../../../src/protocol/link.ts'
import { PressAnswer } from '../../../src/protocol/press.ts'
import { ROUTES } from '../../../src/protocol/routes.ts'
import type { DocumentPresser } from '../../../src/protocol/vault-document.ts'
import type { Family } from './family.ts'

/** Who holds the link of a card or of a trusted person, with no page of Amparo's: what he sends is what he likes. */
export type Holder = { link: string; vault: Uint8Array; presser: Uint8Array; key: string; token: string }

export const holderOf = (origin: string, family: Family, { id, secret }: DocumentPresser): Holder => {
  const [vault, presser] = [fromText(family.press.vault), fromText(id)]
  const own = linkPresserSecretOf(fromText(secret), vault, presser)
  const fragment = encodeLink({ kind: 'press', vault, id: presser, secret: fromText(secret) })
  return {
    link: `${origin}/press#${fragment}`,
    vault,
    presser,
    key: toText(pressKeyOf(own, vault)),
    token: toText(presserTokenOf(own, vault)),
  }
}

const send = async (origin: string, route: string, body: object): Promise<unknown> => {
  const response = await fetch(origin + route, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}

/** @returns the press's id, and when it counts as pressed */
export const pressAs = async (
  origin: string,
  { vault, key }: Holder,
): Promise<{ alert: string; pressedAt: number }> => {
  const alert = newId()
  const body = { vault: toText(vault), key, alert, ageMs: 0, practice: false }
  const { pressedAt } = PressAnswer.parse(await send(origin, ROUTES.press, body))
  return { alert, pressedAt }
}

/** @param after how often it has said something of this press */
export const sayAs = (
  origin: string,
  { vault, token }: Holder,
  alert: string,
  after: number,
  sealed: Uint8Array,
): Promise<unknown> =>
  send(origin, ROUTES.situation, { vault: toText(vault), token, alert, after, sealed: toText(sealed) })
