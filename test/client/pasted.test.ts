import { expect, test } from 'vitest'
import { placeIn } from '../../src/client/join/pasted.ts'
import { random } from '../../src/client/vault/random.ts'
import { encodeLink } from '../../src/protocol/link.ts'

const place = { vault: random(16), contact: random(16), secret: random(16) }
const fragment = encodeLink({ kind: 'join', vault: place.vault, id: place.contact, secret: place.secret })
const link = `https://amparo.example/join#${fragment}`

test('an invitation is found wherever it stands in a pasted message', () => {
  for (const text of [link, `Hola Rosa. AMPARO: ${link}\nGracias.`, ` ${fragment} `, `${link}.`])
    expect(placeIn(text)).toEqual(place)
})

test('half of one, another page’s link, or none is nothing', () => {
  const letter = encodeLink({ kind: 'letter', vault: place.vault, id: place.contact, secret: place.secret })
  const bare = encodeLink({ kind: 'join', vault: place.vault, id: place.contact, secret: null })
  for (const text of ['', 'AMPARO', link.slice(0, -3), `https://amparo.example/letter#${letter}`, bare])
    expect(placeIn(text)).toBeNull()
})
