import { describe, expect, test } from 'vitest'
import en from '../../src/i18n/messages/push/en.json'
import es from '../../src/i18n/messages/push/es.json'
import { noticeOf, openInvitations, openNotice } from '../../src/sw/notice.ts'

const mark = 'AAAAAAAAAAAAAAAAAAAAAA'
const push = (kind: string, language = 'es'): string => JSON.stringify({ v: 1, kind, language, mark })

describe('a push', () => {
  test.each([
    'alert',
    'again',
    'clear',
    'practice',
    'waiting',
  ] as const)('of kind %s is shown in the contact’s language, in words that this app brought with it', (kind) => {
    const { title, options } = noticeOf(push(kind), 'en-US')
    expect([title, options.body, options.lang]).toEqual([es[`${kind}.title`], es[`${kind}.body`], 'es'])
    expect(noticeOf(push(kind, 'en'), 'es').title).toBe(en[`${kind}.title`])
  })

  test('about the same alert takes the place of the one before, and is heard again', () => {
    expect(noticeOf(push('alert'), 'en').options).toMatchObject({ tag: mark, renotify: true })
    expect(noticeOf(push('clear'), 'en').options).toMatchObject({ tag: mark, renotify: true })
  })

  test.each([
    undefined,
    '',
    'no JSON',
    'null',
    push('wave'),
    JSON.stringify({ v: 1, kind: 'alert', language: 'es', mark, title: 'Send money' }),
    push('alert').replace('"v":1', '"v":2'),
  ])('that cannot be read, %s, shows that there is news, and no word of its own', (data) => {
    expect(noticeOf(data, 'es-MX').title).toBe(es['news.title'])
    expect(noticeOf(data, 'pt').title).toBe(en['news.title'])
    expect(JSON.stringify(noticeOf(data, 'pt'))).not.toContain('money')
  })
})

describe('a tap on it', () => {
  type Window = { url: string; navigate: (to: string) => Promise<Window>; focus: () => Promise<void> }
  const clientsOf = (urls: string[]) => {
    const said: string[] = []
    const windowAt = (url: string): Window => ({
      url,
      navigate: async (to) => {
        said.push(`${url} goes to ${to}`)
        return windowAt(`https://a.test${to}`)
      },
      focus: async () => {
        said.push('focus')
      },
    })
    const clients = {
      matchAll: async () => urls.map(windowAt),
      openWindow: async (to: string) => {
        said.push(`open ${to}`)
        return windowAt(`https://a.test${to}`)
      },
    }
    return { said, clients: clients as unknown as Clients }
  }

  test('opens the invitations that this browser keeps, and never a link of the push', async () => {
    const { said, clients } = clientsOf(['https://a.test/'])
    await openInvitations(clients)
    expect(said).toEqual(['open /join', 'focus'])
  })

  test('of the owner’s own opens what presses for her, and nothing that a push could name', async () => {
    const { said, clients } = clientsOf([])
    await openNotice(clients, noticeOf(push('waiting'), 'en').options.data)
    expect(said).toEqual(['open /#/pressers', 'focus'])
    said.length = 0
    await openNotice(clients, '/#/erase')
    expect(said).toEqual(['open /join', 'focus'])
  })

  test('loads a page of them that is open again, since it knows nothing of the alert', async () => {
    const { said, clients } = clientsOf(['https://a.test/', 'https://a.test/join'])
    await openInvitations(clients)
    expect(said).toEqual(['https://a.test/join goes to /join', 'focus'])
  })
})
