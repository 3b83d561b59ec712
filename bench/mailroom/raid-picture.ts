import { boundMs, type Course, type Raid } from './raid.ts'

/** The course of a raid as SVG. Lines are told apart by their names beside them, not by colour alone. */
const [WIDTH, HEIGHT] = [900, 520]
const BOX = { left: 80, right: 30, top: 56, bottom: 60 }
const POINTS = 240

type Line = {
  name: string
  stroke: string
  dash?: string
  at: (ms: number) => number
  label: [number, number]
}

const countUpTo = (sorted: readonly number[], ms: number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  return low
}

export const pictureOf = (raid: Raid, { pressed, accepted }: Course): string => {
  const messages = raid.presses * raid.contacts
  const last = accepted.at(-1) ?? 0
  const endMs = Math.ceil((last * 1.12) / 10_000) * 10_000
  const x = (ms: number): number => BOX.left + (ms / endMs) * (WIDTH - BOX.left - BOX.right)
  const y = (count: number): number =>
    HEIGHT - BOX.bottom - (count / messages) * (HEIGHT - BOX.top - BOX.bottom)
  const perSecond = (aRequest: number) => (ms: number) =>
    Math.min(messages, (ms / 1_000) * raid.perSecond * aRequest)
  const lines: Line[] = [
    {
      name: 'messages of all presses so far',
      stroke: '#8a8a8a',
      dash: '2 5',
      at: (ms) => countUpTo(pressed, ms) * raid.contacts,
      label: [endMs * 0.03, messages * 0.8],
    },
    {
      name: 'the provider’s limit (dashed)',
      stroke: '#8a8a8a',
      dash: '10 5',
      at: perSecond(100),
      label: [endMs * 0.49, messages * 0.94],
    },
    {
      name: 'accepted, as Amparo packs them',
      stroke: '#0b5c8a',
      at: (ms) => countUpTo(accepted, ms),
      label: [endMs * 0.56, messages * 0.5],
    },
    {
      name: `one request a press: ${Math.round(boundMs(raid, raid.contacts) / 60_000)} min in all (dashed)`,
      stroke: '#a04a00',
      dash: '6 3',
      at: perSecond(raid.contacts),
      label: [endMs * 0.57, messages * 0.075],
    },
    {
      name: `one request a message: ${(boundMs(raid, 1) / 3_600_000).toFixed(1)} h in all (dotted)`,
      stroke: '#7a1f4b',
      dash: '1 4',
      at: perSecond(1),
      label: [endMs * 0.57, messages * 0.125],
    },
  ]
  const path = ({ at }: Line): string =>
    Array.from({ length: POINTS + 1 }, (_, point) => {
      const ms = (point / POINTS) * endMs
      return `${point === 0 ? 'M' : 'L'}${x(ms).toFixed(1)} ${y(at(ms)).toFixed(1)}`
    }).join('')
  const ticks = (count: number, max: number): number[] =>
    Array.from({ length: count + 1 }, (_, tick) => (tick / count) * max)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="14">`,
    `<title>${raid.presses} presses of ${raid.contacts} contacts within ${raid.overMs / 1_000} s, ${raid.perSecond} requests a second</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${BOX.left}" y="28" font-size="17" fill="#222">${raid.presses.toLocaleString('en')} presses of ${raid.contacts} contacts within ${raid.overMs / 1_000} s; the provider takes ${raid.perSecond} requests a second</text>`,
    ...ticks(5, messages).map(
      (count) =>
        `<path d="M${BOX.left} ${y(count)}H${WIDTH - BOX.right}" stroke="#e4e4e4"/><text x="${BOX.left - 8}" y="${y(count) + 5}" text-anchor="end" fill="#444">${Math.round(count).toLocaleString('en')}</text>`,
    ),
    ...ticks(endMs / 10_000 > 8 ? Math.round(endMs / 20_000) : endMs / 10_000, endMs).map(
      (ms) =>
        `<text x="${x(ms)}" y="${HEIGHT - BOX.bottom + 22}" text-anchor="middle" fill="#444">${Math.round(ms / 1_000)} s</text>`,
    ),
    `<text x="${WIDTH / 2}" y="${HEIGHT - 12}" text-anchor="middle" fill="#444">since the first press</text>`,
    ...lines.map(
      (line) =>
        `<path d="${path(line)}" fill="none" stroke="${line.stroke}" stroke-width="${line.dash ? 2 : 3}"${line.dash ? ` stroke-dasharray="${line.dash}"` : ''}/><text x="${x(line.label[0])}" y="${y(line.label[1])}" fill="${line.stroke}">${line.name}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n')
}
