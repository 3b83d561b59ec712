import { afterAll, beforeAll, describe, expect } from 'vitest'
import { random } from '../../src/client/vault/random.ts'
import { encodeLink } from '../../src/protocol/link.ts'
import { press, setUp } from './support/family.ts'
import { button, heading, hold, walkWizard } from './support/hands.ts'
import { inspector } from './support/inspector.ts'
import {
  letterLink,
  newAddress,
  openPlace,
  type Place,
  stopLink,
  testAt,
  waitForMails,
} from './support/place.ts'
import { qrOnScreen } from './support/qr.ts'
import { en, es } from './support/texts.ts'

let place: Place
beforeAll(async () => {
  place = await openPlace()
})
afterAll(() => place?.close())
const test = testAt(() => place)

describe.concurrent.for([es, en])('nothing keeps anybody out, in $language,', (texts) => {
  const { language } = texts

  test('of a card, its making and its end', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    const family = await setUp(page, place, { card: { delayMs: 600_000 } })
    await page.goto('/#/card')
    await button(page, texts.card('make')).waitFor()
    await look('cards', page)
    await page.goto(`/#/card/${family.document.pressers[1]?.id}`)
    await page.locator('.face.back .qr').first().waitFor()
    await look('a card', page)
    await button(page, texts.card('revoke')).click()
    await look('the end of a card', page)
    expect(faults).toEqual({})
  })

  test('of the set-up and the practice', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    await page.goto('/')
    await heading(page, texts.setup('welcome.title')).waitFor()
    await look('welcome', page)
    const email = newAddress('rosa')
    await walkWizard(
      page,
      texts,
      { owner: 'Ana', name: 'Rosa', email, word: 'Jacaranda azul' },
      async (step) => {
        await look(step === 5 ? 'invitation' : `step ${step}`, page)
        if (step === 2) {
          await page.locator('#contact-email').fill('x')
          await button(page, texts.setup('wizard.next')).click()
          await look('step 2, with what is wrong', page)
          await page.locator('#contact-email').fill(email)
        }
      },
    )
    await heading(page, texts.app('practice.title')).waitFor()
    await look('practice', page)
    await hold(page)
    await heading(page, texts.app('alert.practised')).waitFor()
    await look('practised', page)
    await button(page, texts.app('alert.practised.done')).click()
    await page.locator('.hold').waitFor()
    await look('home, amber', page)
    expect(faults).toEqual({})
  })

  test('of who is on it', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    const email = newAddress('rosa')
    await press(place.origin, await setUp(page, place, { delayMs: 0, contacts: [{ email, language }] }))
    const [mail] = await waitForMails(place.server, email)
    const { page: reader } = await phone({ language })
    await reader.goto(letterLink(mail!))
    await button(reader, texts.reader('open.button')).click()
    await button(reader, texts.after('onit.button')).click()
    await button(reader, texts.after('form.yes')).click()
    await reader.getByText(texts.after('form.name.wrong')).waitFor()
    await look('letter, on it, without a name', reader)
    await reader.getByLabel(texts.after('form.name')).fill('Rosa')
    await button(reader, texts.after('form.yes')).click()
    await button(reader, texts.after('mine.undo')).click()
    await look('letter, on it, to be taken back', reader)
    await page.goto('/#/people')
    await page.getByRole('heading', { name: texts.setup('story.title') }).waitFor()
    await look('people, while an alert runs', page)
    expect(faults).toEqual({})
  })

  test('of the owner’s pages', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    await setUp(page, place, {
      contacts: [
        { name: 'Rosa', lock: { kind: 'word', word: 'Jacaranda', hint: 'Plaza' } },
        { name: 'José', standing: 'accepted', email: null },
      ],
    })
    if (language === 'en') await page.locator('html[lang=en]').waitFor()
    await look('home', page)
    for (const [where, title] of [
      ['more', texts.setup('more.title')],
      ['people', texts.setup('people.title')],
      ['you', texts.setup('more.you')],
      ['words', texts.setup('words.title')],
      ['drill', texts.setup('drill.title')],
      ['ready', texts.setup('ready.title.not-yet')],
      ['erase', texts.setup('more.erase')],
      ['restore', texts.setup('restore.title')],
      ['person/new', texts.setup('person.new')],
      ['rights', texts.app('rights.officer')],
    ] as const) {
      await page.goto(`/#/${where}`)
      await heading(page, title).waitFor()
      if (where.startsWith('person')) await page.locator('#letter').waitFor()
      if (where === 'people') await page.getByRole('link', { name: /^Rosa/ }).waitFor()
      if (where === 'words') await page.locator('.words').waitFor()
      if (where === 'you') await page.locator('#name').waitFor()
      await look(where, page)
    }
    await page.goto('/#/words')
    await button(page, texts.setup('words.written')).click()
    await button(page, texts.setup('words.check')).click()
    await look('words, asked back, with what is wrong', page)
    await page.goto('/#/people')
    await page.getByRole('link', { name: /^Rosa/ }).click()
    await page.locator('#letter').waitFor()
    await button(page, texts.setup('person.remove')).click()
    await page.getByRole('dialog').waitFor()
    await look('the question before a person is removed', page)
    expect(faults).toEqual({})
  })

  test('of a press and of the contact’s pages', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { context, page } = await phone({ language })
    const email = newAddress('rosa')
    await setUp(page, place, {
      delayMs: 30_000,
      contacts: [
        {
          email,
          text: 'La carta.',
          lock: { kind: 'word', word: 'Jacaranda', hint: 'Plaza' },
          phrase: 'la bicicleta',
        },
      ],
    })
    // What comes after the button must have come: a browser does not ask again for a module that it once could not load.
    await page.waitForLoadState('networkidle')
    await context.setOffline(true)
    await hold(page)
    await heading(page, texts.app('alert.stored')).waitFor()
    await look('stored', page)
    await context.setOffline(false)
    await heading(page, texts.app('alert.counting')).waitFor()
    await look('counting', page, true)
    await heading(page, texts.app('alert.open')).waitFor()
    await look('open', page)
    await button(page, texts.app('clear.button')).click()
    await page.getByRole('dialog').waitFor()
    await look('the question before the all-clear', page)

    const [mail] = await waitForMails(place.server, email)
    const { page: reader } = await phone({ language })
    await reader.goto(letterLink(mail!))
    await reader.locator('#family-word').waitFor()
    await look('letter, closed', reader)
    await reader.locator('#family-word').fill('otra')
    await button(reader, texts.reader('open.button')).click()
    await reader.getByText(texts.reader('word.wrong')).waitFor()
    await look('letter, wrong word', reader)
    await reader.locator('#family-word').fill('jacaranda')
    await button(reader, texts.reader('open.button')).click()
    await reader.locator('.letter').waitFor()
    await look('letter, open', reader)
    await reader.goto(stopLink(mail!))
    await heading(reader, texts.stop('title')).waitFor()
    await look('stop', reader)
    await button(reader, texts.stop('owner')).click()
    await heading(reader, texts.stop('sure.owner')).waitFor()
    await look('stop, asked once more', reader)
    await button(reader, texts.stop('sure.yes')).click()
    await heading(reader, texts.stop('done')).waitFor()
    await look('stopped', reader)
    await reader.goto('/letter#damaged')
    await heading(reader, texts.reader('damaged.title')).waitFor()
    await look('letter, damaged', reader)
    const unknown = encodeLink({ kind: 'letter', vault: random(16), id: random(16), secret: random(16) })
    await reader.goto(`/letter#${unknown}`)
    await heading(reader, texts.reader('unknown.title')).waitFor()
    await look('letter, unknown', reader)

    await button(page, texts.app('clear.yes')).click()
    await heading(page, texts.app('alert.cleared')).waitFor()
    await look('cleared', page)
    expect(faults).toEqual({})
  })
})

// Apart from the others: all at once they would take longer than a test may.
describe.for([es, en])('nothing keeps anybody out of what is handed over, in $language,', (texts) => {
  const { language } = texts

  test('of invitations', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    const { document } = await setUp(page, place, {
      contacts: [
        { name: 'Luz', standing: 'new' },
        { name: 'José', standing: 'accepted', email: null },
      ],
    })
    await page.goto(`/#/invite/${document.contacts[0]?.id}`)
    await button(page, texts.setup('invite.qr')).click()
    await page.locator('main > .stack .qr').waitFor()
    await look('invitation, as a code', page)
    await page.goto(`/#/person/${document.contacts[1]?.id}`)
    await page.locator('#letter').waitFor()
    await look('person who has accepted', page)
    await button(page, texts.setup('reinvite.button')).click()
    await page.getByRole('dialog').waitFor()
    await look('the question before a new invitation', page)
    await button(page, texts.setup('reinvite.no')).click()
    expect(faults).toEqual({})
  })
})

// Apart from the others, too.
describe.for([es, en])('nothing keeps anybody out of the family’s plan, in $language,', (texts) => {
  const { language } = texts

  test('from its list of sections to its paper', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    const { document } = await setUp(page, place, {
      contacts: [{ name: 'Rosa' }, { name: 'José', lock: { kind: 'paired' } }],
    })
    await page.goto('/#/plan')
    await heading(page, texts.plan('title')).waitFor()
    await look('plan', page)
    await page.goto('/#/plan/children')
    await page.locator('#child-name-0').fill('Lucía')
    await page.locator('#medical-0').fill('x'.repeat(1_900))
    await button(page, texts.plan('page.add')).click()
    await page.locator('#child-citizenship-1').fill('Mexicana')
    await look('plan, a section', page)
    await button(page, texts.plan('page.remove')).first().click()
    await page.getByRole('dialog').waitFor()
    await look('plan, the question before a page is removed', page)
    await button(page, texts.plan('page.remove.no')).click()
    await page.goto('/#/plan/children/share')
    await page.getByRole('checkbox', { name: 'Rosa' }).check()
    await look('plan, who can see a section', page)
    await button(page, texts.plan('share.save')).click()
    await page.getByText(texts.plan('index.readers', { names: 'Rosa' })).waitFor()
    await look('plan, stored', page)
    for (const [where, title] of [
      ['shown', texts.plan('shown.title')],
      [`shown/${document.contacts[0]?.id}`, texts.plan('shown.title')],
      ['care', texts.plan('care.title')],
      ['print', texts.plan('print.title')],
    ] as const) {
      await page.goto(`/#/plan/${where}`)
      await heading(page, title).waitFor()
      if (where === 'care') await page.locator('#state').selectOption('CA')
      else await page.locator('main > :nth-child(3)').waitFor()
      await look(`plan, ${where.split('/')[0]}`, page)
    }
    expect(faults).toEqual({})
  })
})

// Apart from the others, too.
describe.for([es, en])('nothing keeps anybody out of what else can press, in $language,', (texts) => {
  const { language } = texts

  test('nor of a second phone, or of starting over', async ({ phone }) => {
    const { faults, look } = inspector(language === 'es')
    const { page } = await phone({ language })
    await setUp(page, place, { contacts: [{ name: 'Rosa' }], card: { delayMs: 600_000 } })
    for (const where of ['pressers', 'told', 'where', 'start-over']) {
      await page.goto(`/#/${where}`)
      // A page that shows something of the vault says first that it opens it.
      await page.locator('main h1').waitFor()
      await page.locator('main > :nth-child(3)').waitFor()
      await look(where, page)
    }
    await page.goto('/#/second')
    await button(page, texts.second('start')).click()
    await page.locator('.qr').waitFor()
    await look('second phone, the code', page)
    const code = await qrOnScreen(page)
    const { page: other } = await phone({ language })
    await other.goto(code ?? '')
    await button(other, texts.second('add.yes')).waitFor()
    await look('second phone, asked', other)
    await button(other, texts.second('add.yes')).click()
    await other.locator('.check-number').waitFor()
    await look('second phone, its number', other)
    await page.locator('.check-number').waitFor()
    await look('first phone, the number', page)
    expect(faults).toEqual({})
  })
})
