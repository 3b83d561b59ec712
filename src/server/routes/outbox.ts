import { html, raw } from 'hono/html'
import type { OutboxMail } from '../channels/outbox.ts'
import { settingsOf } from '../env.ts'
import { Refused, refuse } from '../refusal.ts'
import type { RouteContext } from './answer.ts'

/** What would have gone out, on the local server only. A developer's page: not part of the protocol, English only. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; frame-src 'self'"
/** A mail is a stranger's page: no scripts, no forms, and its links open beside it. */
const MAIL_POLICY = `${POLICY}; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox`
/** Should AMPARO_LOCAL ever be set on a public server, this page is still not there. */
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/
const URL_IN_TEXT = /https?:\/\/[^\s<>"']+/g

const mailsOf = async (context: RouteContext): Promise<OutboxMail[]> => {
  const { MAILROOM } = context.env
  const local = settingsOf(context.env).local && LOOPBACK.test(new URL(context.req.url).hostname)
  const mails = local ? await MAILROOM.get(MAILROOM.idFromName('mailroom')).outbox() : null
  if (mails === null) throw new Refused(refuse('no-route'))
  return mails
}

const linked = (text: string) => {
  const urls = text.match(URL_IN_TEXT) ?? []
  return text.split(URL_IN_TEXT).map((part, at) => {
    const url = urls[at]
    return url === undefined ? html`${part}` : html`${part}<a href="${url}" target="_blank">${url}</a>`
  })
}

const article = ({ id, at, to, subject, text }: OutboxMail) => html`
  <article>
    <h2>${subject}</h2>
    <p>To <b>${to}</b>, ${new Date(at).toISOString()}</p>
    <pre>${linked(text)}</pre>
    <details>
      <summary>As HTML</summary>
      <iframe title="${subject}" src="/outbox/mail?id=${encodeURIComponent(id)}" loading="lazy"></iframe>
    </details>
  </article>`

export const outboxPage = async (context: RouteContext): Promise<Response> => {
  const mails = await mailsOf(context)
  context.header('content-security-policy', POLICY)
  return context.html(html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Outbox</title>
        <style>
          body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark; }
          pre { white-space: pre-wrap; overflow-wrap: anywhere; }
          article { border-top: 1px solid; padding: 1rem 0; }
          iframe { width: 100%; height: 40rem; border: 1px solid; background: #fff; }
        </style>
      </head>
      <body>
        <h1>Outbox</h1>
        <p>Mail that would have gone out. ${mails.length === 0 ? 'Nothing yet.' : ''}</p>
        ${mails.map(article)}
      </body>
    </html>`)
}

export const outboxMail = async (context: RouteContext): Promise<Response> => {
  const mail = (await mailsOf(context)).find(({ id }) => id === context.req.query('id'))
  if (mail === undefined) throw new Refused(refuse('no-route'))
  context.header('content-security-policy', MAIL_POLICY)
  return context.html(raw(mail.html))
}

/** For tests: `OutboxMail[]`. */
export const outboxJson = async (context: RouteContext): Promise<Response> =>
  context.json(await mailsOf(context))
