import { describe, expect, it } from 'vitest'
import { FIRST_THREE } from '../../src/content/first-steps.ts'
import { FALLBACK_HOTLINE, hotlineById } from '../../src/content/hotline.ts'
import { type Mail, type MailFacts, renderMail } from '../../src/server/mails/render.ts'
import { renderCode } from '../../src/server/mails/render-code.ts'

/** Base58check strings of the longest kind: 50 bytes and a checksum. */
const LETTER_URL = `https://amparo.example/letter#${'5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvh'.repeat(2)}`
const STOP_URL = `https://amparo.example/stop#${'3MNQE1X2yRwhGyTTxBkSnVsD2yDaZAaVRq4M7kLp'.repeat(2)}`

const FACTS: MailFacts = {
  kind: 'alert',
  language: 'en',
  name: 'Ana María',
  pressedAt: Date.UTC(2026, 10, 24, 15, 5),
  zone: 'America/Los_Angeles',
  hotline: 'ca-santa-clara',
  lead: null,
  letterUrl: LETTER_URL,
  locks: ['paired', 'word'],
  stopUrl: STOP_URL,
  wave: 1,
  reminder: null,
  checkIn: false,
}
const mail = (facts: Partial<MailFacts> = {}): Mail => renderMail({ ...FACTS, ...facts })

const LANGUAGES = ['en', 'es'] as const
const KINDS = ['alert', 'clear'] as const
const EVERY = LANGUAGES.flatMap((language) => KINDS.map((kind) => ({ language, kind })))

/** What a person reads of an HTML part with images and styles off. */
const readable = (html: string): string =>
  html
    .replace(/<head>.*<\/head>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')

const addressesIn = (html: string): string[] =>
  [...html.matchAll(/<a href="([^"]*)"/g)].map(([, href]) => href ?? '')

describe.each(LANGUAGES)('an alert in %s', (language) => {
  const { subject, text, html } = mail({ language })

  it('says who in subject and text, and when, in the family’s zone by its name', () => {
    expect(subject).toContain('Ana María')
    expect(text.split('\n')[0]).toContain('Ana María')
    expect(text).toContain(
      {
        en: 'Tuesday, November 24, 2026 at 7:05 AM (Pacific Standard Time)',
        es: 'martes, 24 de noviembre de 2026, 7:05 a.m. (hora estándar del Pacífico)',
      }[language],
    )
  })

  it('is enough to act on in either part: number, three steps, no money, how to stop', () => {
    const money = { en: 'We never ask for money', es: 'Nunca pedimos dinero' }[language]
    const stop = { en: 'get no more of these messages', es: 'ya no quieres recibir estos mensajes' }[language]
    for (const part of [text, readable(html)]) {
      expect(part).toContain('(408) 290-1144')
      expect(part).toContain(hotlineById('ca-santa-clara')?.name)
      for (const step of FIRST_THREE) {
        expect(part).toContain(step.title[language])
        expect(part).toContain(step.text[language])
      }
      expect(part).toContain(money)
      expect(part).toContain(stop)
    }
  })

  it('has both links whole, each alone on its line in the text and as an address in the HTML', () => {
    for (const url of [LETTER_URL, STOP_URL])
      expect(text.split('\n').filter((line) => line === url)).toHaveLength(1)
    expect(addressesIn(html)).toEqual(['tel:+14082901144', LETTER_URL, STOP_URL])
  })

  it('says the same in both parts, addresses apart', () => {
    for (const line of text
      .split('\n')
      .filter((each) => each !== '' && !each.includes('://') && each !== '--------')) {
      expect(readable(html)).toContain(line.replace(/^\d+\. |^== | ==$/g, ''))
    }
  })

  it('names its language and direction', () => {
    expect(html).toContain(`<html lang="${language}" dir="ltr">`)
  })
})

const CODES = LANGUAGES.map((language) => ({ language, kind: 'code' as const }))
const codeMail = (language: (typeof LANGUAGES)[number]): Mail =>
  renderCode({ language, code: '042317', stopUrl: STOP_URL })

describe.each([...EVERY, ...CODES])('any mail ($language, $kind)', ({ language, kind }) => {
  const { subject, text, html } =
    kind === 'code' ? codeMail(language) : mail({ language, kind, lead: 'another', wave: 2 })

  it('has no message id, placeholder or undefined left in it', () => {
    for (const part of [subject, text, readable(html)]) {
      expect(part).not.toMatch(
        /undefined|null|[{}]|\b(alert|clear|foot|stop|letter|hotline|real|steps|lead|code)\.[a-z]/,
      )
    }
  })

  it('loads nothing from anywhere and runs nothing', () => {
    expect(html).not.toMatch(/<(img|link|script|iframe|style|form|object|svg|video|picture|base)\b/i)
    expect(html).not.toMatch(/\b(src|srcset|background|poster|action|on[a-z]+)\s*=|url\(|@import|@font-face/i)
  })

  it('is calm: a short subject, no exclamation mark', () => {
    expect(subject.length).toBeLessThanOrEqual(70)
    expect(subject).toMatch(/^Amparo/)
    for (const part of [subject, text]) expect(part).not.toMatch(/[!¡]/)
  })

  it('says that nobody here asks for money', () => {
    const money =
      kind === 'code'
        ? { en: /Nobody from Amparo will ever .* for money/, es: /Nadie de Amparo .* pedirte dinero/ }
        : { en: /We never ask for money/, es: /Nunca pedimos dinero/ }
    for (const part of [text, readable(html)]) expect(part).toMatch(money[language])
  })

  it('tells how to stop it', () => {
    expect(text.split('\n')).toContain(STOP_URL)
    expect(addressesIn(html)).toContain(STOP_URL)
  })

  it('fits into 8 kB', () => {
    expect(new TextEncoder().encode(text + html).length).toBeLessThan(8_192)
  })
})

describe('the hotline in an alert', () => {
  it('that is unknown here is the fallback, said to be not verified', () => {
    const display = hotlineById(FALLBACK_HOTLINE)?.display
    for (const hotline of ['', 'gone-since', '__proto__', FALLBACK_HOTLINE]) {
      expect(mail({ hotline }).text).toContain(display)
      expect(mail({ hotline }).text).toContain('Not verified')
      expect(mail({ hotline, language: 'es' }).text).toContain('Sin verificar')
    }
  })

  it('that is verified is not doubted', () => {
    expect(mail().text).not.toContain('Not verified')
  })

  it('comes with its note', () => {
    expect(mail({ hotline: 'ca-san-mateo' }).text).toContain('area code 203 is right')
    expect(mail({ hotline: 'ca-los-angeles', language: 'es' }).text).toContain('solo si de verdad hace falta')
  })
})

describe('the time in a mail', () => {
  it.each([
    'Mars/Olympus',
    '',
    'America',
    '<b>',
    '+99:99',
  ])('in the unknown zone %j is universal time, said so', (zone) => {
    for (const kind of KINDS) {
      expect(mail({ zone, kind }).text).toMatch(
        /3:05 PM \(Coordinated Universal Time\)\. This is universal time/,
      )
      expect(mail({ zone, kind, language: 'es' }).text).toMatch(
        /3:05 p\.m\. \(.*universal.*\)\. Es la hora universal/,
      )
    }
  })

  it('is the summer’s in summer', () => {
    expect(mail({ pressedAt: Date.UTC(2026, 6, 1, 6, 59) }).text).toContain(
      'Tuesday, June 30, 2026 at 11:59 PM (Pacific Daylight Time)',
    )
  })

  it('holds only spaces that every mail program shows', () => {
    expect(mail().text + mail({ language: 'es' }).text).not.toMatch(/[\u00a0\u202f]/)
  })
})

describe('an alert that comes again', () => {
  it('after a further press says that the button was pressed again; the first one does not', () => {
    expect(mail().text).not.toContain('pressed again')
    expect(mail({ wave: 3 }).text).toContain('pressed again')
    expect(mail({ wave: 3, language: 'es' }).text).toContain('otra vez')
    expect(mail({ wave: 2 }).subject).not.toBe(mail().subject)
  })

  it('by itself says so, and what is known of who is on it, in the language of its reader', () => {
    const nobody = mail({ wave: 2, reminder: 'nobody' })
    expect(nobody.subject).toBe('Amparo, reminder – Ana María: the alert button was pressed')
    expect(nobody.text).toContain('Amparo repeats this message by itself')
    expect(nobody.text).toContain('Nobody has said yet that they are on it.')
    expect(nobody.text).not.toContain('pressed again')
    const unopened = mail({ wave: 2, reminder: 'unopened', language: 'es' })
    expect(unopened.subject).toContain('recordatorio')
    expect(unopened.text).toContain('Tu carta todavía no se ha abierto.')
    expect(unopened.text).not.toContain('nadie ha dicho')
    const plain = mail({ wave: 2, reminder: 'plain' }).text
    expect(plain).toContain('Amparo repeats this message by itself')
    expect(plain).not.toMatch(/Nobody has said|not been opened/)
  })
})

describe('an alert without a letter', () => {
  it('has everything else, and speaks of no letter', () => {
    const { text, html } = mail({ letterUrl: null })
    expect(text).toContain('(408) 290-1144')
    expect(text).toContain('If you are not sure')
    expect(text.toLowerCase()).not.toContain('letter')
    expect(addressesIn(html)).toEqual(['tel:+14082901144', STOP_URL])
  })
})

describe.each(LANGUAGES)('how the letter opens (%s)', (language) => {
  const word = { en: 'family word', es: 'palabra de familia' }[language]
  const phone = { en: 'where you accepted the invitation', es: 'donde aceptaste la invitación' }[language]

  it.each([
    [['paired'], true, false],
    [['paired', 'word'], true, true],
    [['word'], false, true],
    [['link'], false, false],
    [['paired', 'link'], false, false],
  ] as const)('%j', (locks, byPhone, byWord) => {
    const { text, html } = mail({ language, locks })
    for (const part of [text, readable(html)]) {
      expect(part.includes(phone)).toBe(byPhone)
      expect(part.includes('AMPARO')).toBe(byPhone)
      expect(part.includes(word)).toBe(byWord)
    }
  })

  it('is not spoken of where there is no letter', () => {
    expect(mail({ language, letterUrl: null }).text).not.toMatch(new RegExp(`${word}|${phone}|AMPARO`))
  })
})

describe.each(LANGUAGES)('who is asked first to call (%s)', (language) => {
  const you = { en: 'asks you to call first', es: 'te pide que llames tú primero' }[language]
  const another = { en: 'asked somebody else to call first', es: 'a otra persona que llamara primero' }[
    language
  ]

  it('stands above the number, and only in an alert', () => {
    const said = (facts: Partial<MailFacts>) => {
      const { text, html } = mail({ language, ...facts })
      return [text, readable(html)].map((part) => [part.includes(you), part.includes(another)])
    }
    expect(said({ lead: 'you' })).toEqual([
      [true, false],
      [true, false],
    ])
    expect(said({ lead: 'another' })).toEqual([
      [false, true],
      [false, true],
    ])
    for (const facts of [{}, { kind: 'clear', lead: 'you' }, { kind: 'clear', lead: 'another' }] as const)
      expect(said(facts).flat()).not.toContain(true)
    const { text } = mail({ language, lead: 'you' })
    expect(text.indexOf(you)).toBeLessThan(text.indexOf('(408) 290-1144'))
  })

  it('does not make anybody wait for somebody who cannot be reached', () => {
    const myself = { en: 'call yourself', es: 'llama tú' }[language]
    expect(mail({ language, lead: 'another' }).text).toContain(myself)
  })
})

describe.each(LANGUAGES)('a code in %s', (language) => {
  const { subject, text, html } = codeMail(language)

  it('shows the code once in each part, first of all, and not in the subject', () => {
    expect(text.split('\n')[0]).toContain('042317')
    for (const part of [text, readable(html)]) expect(part.match(/042317/g)).toHaveLength(1)
    expect(subject).not.toContain('042317')
  })

  it('says how long it is taken, and what to do for who did not ask for it', () => {
    expect(text).toContain({ en: '30 minutes', es: '30 minutos' }[language])
    expect(text).toContain({ en: 'If it was not you', es: 'Si no fuiste tú' }[language])
  })

  it('has one link, which stops and confirms nothing', () => {
    expect(addressesIn(html)).toEqual([STOP_URL])
    expect(text.match(/https?:/g)).toHaveLength(1)
  })
})

describe('an all-clear', () => {
  it.each([
    ['en', /Ana María says that all is well/, /You need to do nothing more/, /Thank you/],
    ['es', /Ana María avisa que todo está bien/, /Ya no tienes que hacer nada/, /Gracias/],
  ] as const)('in %s says who is well, that it is over, and thanks', (language, ...said) => {
    const { text, html } = mail({ kind: 'clear', language })
    for (const words of said) for (const part of [text, readable(html)]) expect(part).toMatch(words)
  })

  it('carries no letter and no number to call', () => {
    const { text, html } = mail({ kind: 'clear' })
    expect(text).not.toContain(LETTER_URL)
    expect(html).not.toContain('tel:')
    expect(addressesIn(html)).toEqual([STOP_URL])
  })

  it('does not look like an alert, and the alert not like an all-clear', () => {
    for (const language of LANGUAGES) {
      expect(mail({ language }).subject).not.toBe(mail({ kind: 'clear', language }).subject)
    }
    expect(mail().text).not.toMatch(/all is well|is over/)
  })
})

describe('a hostile name', () => {
  const HOSTILE = [
    '<script>alert(1)</script>',
    '"><a href="https://evil.example">x</a>',
    "' onmouseover='x",
    '</title></head><body onload=x>',
    '&lt;b&gt;&amp;',
    '{name} {count, plural, other {#}} {when',
    '<!-- x',
  ]

  it.each(HOSTILE)('%j is read as it is written, and is never markup', (name) => {
    for (const given of EVERY) {
      const { html, text, subject } = mail({ ...given, name })
      const tags = (of: string) => [...of.matchAll(/<[^>]*>/g)].map(([tag]) => tag)
      expect(tags(html)).toEqual(tags(mail(given).html))
      expect(readable(html)).toContain(name)
      expect(text).toContain(name)
      expect(subject).toContain(name)
    }
  })

  it('cannot break a line, so no header and no sentence of its own', () => {
    const { subject, text } = mail({ name: 'Ana\r\nBcc: x@evil.example\u2028\u0000\u202eevil' })
    expect(subject).toBe('Amparo – Ana Bcc: x@evil.example evil: the alert button was pressed')
    expect(text.split('\n')[0]).toBe('Ana Bcc: x@evil.example evil: the alert button was pressed')
  })

  it('leaves names alone that are not hostile', () => {
    for (const name of ['Ma. José', 'Nguyễn Thị Hồng', 'O’Brien-Núñez', '李小龍', 'مريم']) {
      expect(mail({ name }).subject).toBe(`Amparo – ${name}: the alert button was pressed`)
    }
  })
})
