import { type EnginePhone, later, until } from './phone.ts'

/** A selector, or what stands on a button, a link, a label or a heading. */
export type What = { css: string } | { text: string }
export const css = (selector: string): What => ({ css: selector })
export const text = (value: string): What => ({ text: value })

const FIND = `(what) => {
  const plain = (value) => (value ?? '').replace(/[\\s\\u00a0\\u202f]+/g, ' ').trim()
  const seen = (one) => one.getClientRects().length > 0 && getComputedStyle(one).visibility !== 'hidden'
  const all = [...document.querySelectorAll(what.css ?? 'button, a, summary, label, h1, h2, h3, p, span, bdi, li, dt, dd, b, strong, small, em, output')].filter(seen)
  if (what.css !== undefined) return all[0]
  const wanted = plain(what.text)
  return all.find((one) => plain(one.textContent) === wanted || plain(one.getAttribute('aria-label')) === wanted)
    ?? all.reverse().find((one) => plain(one.textContent).includes(wanted))
}`

const nameOf = (what: What): string => ('css' in what ? what.css : what.text)

export const isThere = (phone: EnginePhone, what: What): Promise<boolean> =>
  phone.call(`(what) => (${FIND})(what) !== undefined`, what)

/** @throws Error if it does not come */
export const see = async (phone: EnginePhone, what: What, ms = 30_000): Promise<void> =>
  until(async () => {
    if (!(await isThere(phone, what))) throw new Error(`not on the screen: ${nameOf(what)}`)
  }, ms)

export const textOf = async (phone: EnginePhone, selector: string): Promise<string> => {
  await see(phone, css(selector))
  return phone.call('(selector) => document.querySelector(selector).textContent', selector)
}

type Spot = { x: number; y: number; covered: string | null }

/** Where a finger would meet it, once it stands still. */
const spotOf = async (phone: EnginePhone, what: What): Promise<Spot> =>
  until(async () => {
    const spot = await phone.call<Spot | null>(
      `async (what) => {
        const found = (${FIND})(what)
        if (found === undefined) return null
        found.scrollIntoView({ block: 'center', behavior: 'instant' })
        const frame = () => new Promise((resolve) => setTimeout(resolve, 40))
        const before = found.getBoundingClientRect()
        await frame()
        const { left, top, width, height } = found.getBoundingClientRect()
        if (before.top !== top || before.left !== left) return null
        const x = Math.round(left + width / 2)
        const y = Math.round(top + height / 2)
        const hit = document.elementFromPoint(x, y)
        const free = hit !== null && (found.contains(hit) || hit.contains(found))
        return { x, y, covered: free ? null : (hit?.outerHTML ?? 'outside').slice(0, 120) }
      }`,
      what,
    )
    if (spot === null) throw new Error(`not on the screen: ${nameOf(what)}`)
    if (spot.covered !== null) throw new Error(`${nameOf(what)} lies under ${spot.covered}`)
    return spot
  })

const pointer = (phone: EnginePhone, actions: object[]): Promise<void> =>
  phone.act([{ type: 'pointer', id: 'finger', parameters: { pointerType: phone.pointer }, actions }])

export const tap = async (phone: EnginePhone, what: What): Promise<void> => {
  const { x, y } = await spotOf(phone, what)
  await pointer(phone, [
    { type: 'pointerMove', x, y, duration: 0 },
    { type: 'pointerDown', button: 0 },
    { type: 'pause', duration: 40 },
    { type: 'pointerUp', button: 0 },
  ])
}

/** Held for `ms`. The finger trembles, as fingers do. */
export const holdFor = async (phone: EnginePhone, ms: number): Promise<void> => {
  const { x, y } = await spotOf(phone, css('.hold'))
  await pointer(phone, [
    { type: 'pointerMove', x, y, duration: 0 },
    { type: 'pointerDown', button: 0 },
    { type: 'pause', duration: 300 },
    { type: 'pointerMove', x: x + 4, y: y + 3, duration: 100 },
    { type: 'pause', duration: Math.max(0, ms - 400) },
    { type: 'pointerUp', button: 0 },
  ])
}

/** By keys, where the keyboard has them. */
export const type = async (phone: EnginePhone, selector: string, value: string): Promise<void> => {
  await tap(phone, css(selector))
  const keys = [...value].flatMap((key) => [
    { type: 'keyDown', value: key },
    { type: 'keyUp', value: key },
  ])
  await phone.act([{ type: 'key', id: 'keys', actions: keys }])
}

/** As a paste does: the whole value at once. */
export const fill = async (phone: EnginePhone, selector: string, value: string): Promise<void> => {
  await tap(phone, css(selector))
  await phone.call(
    `(selector, value) => {
      const field = document.querySelector(selector)
      const kind = { TEXTAREA: HTMLTextAreaElement, SELECT: HTMLSelectElement }[field.tagName] ?? HTMLInputElement
      Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(field, value)
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }`,
    selector,
    value,
  )
}

/** No list opens for it: what a driver cannot close. */
export const choose = async (phone: EnginePhone, selector: string, value: string): Promise<void> => {
  await until(async () => {
    const isSet = await phone.call<boolean>(
      `(selector, value) => {
        const field = document.querySelector(selector)
        field.value = value
        field.dispatchEvent(new Event('input', { bubbles: true }))
        field.dispatchEvent(new Event('change', { bubbles: true }))
        return field.value === value
      }`,
      selector,
      value,
    )
    if (!isSet) throw new Error(`${selector} has no ${value}`)
  })
  await later(100)
}
