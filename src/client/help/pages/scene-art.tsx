import type { ComponentChildren } from 'preact'
import type { SceneId } from '../../../content/rights-scene-schema.ts'

/**
 * A picture for each place, drawn from the mark: people are arches as the doorway is, and who this is for carries its lamp.
 * Nobody is threatened and nobody cries in them. They say nothing that the words beside them do not.
 */
type Who = { x: number; y?: number; tall?: number; kind?: 'mine' | 'officer' | 'other' }

const Person = ({ x, y = 150, tall = 52, kind = 'other' }: Who) => {
  const top = y - tall
  return (
    <g class={kind}>
      <path d={`M${x - 17} ${y}V${top + 17}a17 17 0 0 1 34 0V${y}Z`} />
      <circle cx={x} cy={top - 14} r="12" class="skin" />
      {kind === 'officer' && (
        <path d={`M${x - 13} ${top - 18}a13 10 0 0 1 26 0h5v3.500h-31v-3.500Z`} class="cap" />
      )}
      {kind === 'officer' && <path d={`m${x + 7} ${top + 14} 4 2v4l-4 4-4-4v-4Z`} class="badge" />}
      {kind === 'mine' && <circle cx={x} cy={top + 22} r="5" class="lamp" />}
    </g>
  )
}

const Bubble = ({
  x,
  y,
  to = 1,
  children,
}: {
  x: number
  y: number
  to?: 1 | -1
  children: ComponentChildren
}) => (
  <g class="bubble">
    <path
      d={`M${x - 26} ${y - 17}h52a9 9 0 0 1 9 9V${y + 8}a9 9 0 0 1-9 9H${x + to * 4}l${to * -9} 10 1-10H${x - 26}a9 9 0 0 1-9-9V${y - 8}a9 9 0 0 1 9-9Z`}
    />
    {children}
  </g>
)

const Ground = () => <path d="M0 150h320v20H0Z" class="ground" />

const Door = () => (
  <>
    <path d="M0 0h172v150H0Z" class="room" />
    <path d="M172 0h148v150H172Z" class="outside" />
    <Ground />
    <path d="M40 0v22" class="thin" />
    <path d="M24 38a16 15 0 0 1 32 0Z" class="lamp" />
    <path d="M14 150v-34h40v34M20 116v-12h28v12" class="line" />
    <path d="M160 20h24v130h-24Z" class="wall" />
    <path d="M164 54h16v96h-16Z" class="leaf" />
    <circle cx="168" cy="104" r="2.500" class="lamp" />
    <path d="m148 147 36 0 14-4-36 0Z" class="paper" />
    <Person x={112} kind="mine" />
    <Bubble x={104} y={40} to={-1}>
      <path d="M90 33h28M90 40h28M90 47h16" class="words" />
    </Bubble>
    <Person x={226} tall={58} kind="officer" />
    <Person x={276} tall={54} kind="officer" />
  </>
)

const Street = () => (
  <>
    <path d="M0 0h320v150H0Z" class="outside" />
    <path d="M0 34h74v116H0ZM84 58h66v92H84ZM250 46h70v104h-70Z" class="house" />
    <path
      d="M28 150v-30a11 11 0 0 1 22 0v30ZM106 150v-26a11 11 0 0 1 22 0v26ZM274 150v-30a11 11 0 0 1 22 0v30Z"
      class="leaf"
    />
    <path
      d="M14 52h16v16H14ZM44 52h16v16H44ZM98 74h14v14H98ZM122 74h14v14h-14ZM264 62h14v16h-14ZM290 62h14v16h-14Z"
      class="window"
    />
    <path d="M206 150V96" class="trunk" />
    <circle cx="206" cy="76" r="27" class="tree" />
    <Ground />
    <path d="M8 161h28M66 161h28M124 161h28M182 161h28M240 161h28M298 161h18" class="lane" />
    <Person x={84} kind="mine" />
    <Bubble x={130} y={44}>
      <path d="M121 40a9 8 0 1 1 12 7c-2 1-3 2-3 4M130 57v.1" class="words" />
    </Bubble>
    <Person x={246} tall={58} kind="officer" />
  </>
)

const Car = () => (
  <>
    <path d="M0 0h320v150H0Z" class="outside" />
    <path d="M0 92c40-26 80-26 122-6s92 22 198-14v78H0Z" class="tree" />
    <Ground />
    <path d="M8 162h28M66 162h28M124 162h28M182 162h28M240 162h28" class="lane" />
    <path
      d="M26 134v-22a12 12 0 0 1 10-12l26-5 22-28a14 14 0 0 1 11-5h58a14 14 0 0 1 11 5l24 30 18 5a12 12 0 0 1 9 12v20a6 6 0 0 1-6 6H32a6 6 0 0 1-6-6Z"
      class="car"
    />
    <path d="m76 96 18-23a6 6 0 0 1 5-2h22v25ZM129 71h22a6 6 0 0 1 5 2l19 23h-46Z" class="window" />
    <g class="mine">
      <path d="M136 96v-4a9 9 0 0 1 18 0v4Z" />
      <circle cx="145" cy="79" r="7" class="skin" />
    </g>
    <path d="M164 92a8 8 0 0 1 6-10" class="thin" />
    <path d="M134 108h12" class="thin" />
    <circle cx="70" cy="140" r="16" class="tyre" />
    <circle cx="70" cy="140" r="6" class="ground" />
    <circle cx="174" cy="140" r="16" class="tyre" />
    <circle cx="174" cy="140" r="6" class="ground" />
    <circle cx="208" cy="116" r="5" class="lamp" />
    <Person x={262} tall={60} kind="officer" />
  </>
)

const Work = () => (
  <>
    <path d="M0 0h320v150H0Z" class="room" />
    <path d="M20 38h120M20 66h84" class="shelf" />
    <path
      d="M30 38V22h16v16ZM54 38V16h12v22ZM76 38V24h22v14ZM112 38V20h14v18ZM30 66V52h20v14ZM62 66V48h14v18Z"
      class="house"
    />
    <path d="M220 0v24" class="thin" />
    <path d="M204 38a16 14 0 0 1 32 0Z" class="lamp" />
    <path d="M244 150V62a28 28 0 0 1 56 0v88Z" class="outside" />
    <Person x={272} tall={56} kind="officer" />
    <path d="M244 150V62a28 28 0 0 1 56 0v88" class="line" />
    <Ground />
    <Person x={76} y={128} kind="mine" />
    <Person x={146} y={128} tall={48} />
    <path d="M18 112h176v38H18Z" class="counter" />
    <path d="M14 106h184v8H14Z" class="leaf" />
    <path d="M102 106v-8h24v8ZM166 106a10 8 0 0 1 20 0Z" class="paper" />
  </>
)

const Border = () => (
  <>
    <path d="M0 0h320v150H0Z" class="outside" />
    <path d="M0 118c50-22 92-24 150-10s110 12 170-8v50H0Z" class="tree" />
    <Ground />
    <path d="M226 60h66v90h-66Z" class="house" />
    <path d="M218 50h82v12h-82Z" class="leaf" />
    <path d="M238 76h42v26h-42Z" class="window" />
    <path d="M206 150v-40h12v40Z" class="wall" />
    <path d="M20 111h192v9H20Z" class="paper" />
    <path d="M36 111h22v9H36ZM80 111h22v9H80ZM124 111h22v9h-22ZM168 111h22v9h-22Z" class="press" />
    <path d="M78 22h56a8 8 0 0 1 8 8v96a8 8 0 0 1-8 8H78a8 8 0 0 1-8-8V30a8 8 0 0 1 8-8Z" class="phone" />
    <path d="M76 34h60v86H76Z" class="paper" />
    <path d="M92 74v-8a14 14 0 0 1 28 0v8" class="line" />
    <path d="M88 74h36v28H88Z" class="leaf" />
    <circle cx="106" cy="87" r="4.500" class="lamp" />
  </>
)

const Detention = () => (
  <>
    <path d="M0 0h320v150H0Z" class="room" />
    <path d="M222 20h74v56h-74Z" class="outside" />
    <circle cx="272" cy="42" r="9" class="lamp" />
    <path d="M222 20h74v56h-74ZM259 20v56M222 48h74" class="line" />
    <Ground />
    <Person x={86} y={116} tall={46} kind="mine" />
    <path d="M104 52c10-3 16 3 14 12" class="handset" />
    <path d="M118 66c4 26 30 10 42 32" class="thin" />
    <path d="M150 96h38v18h-38Z" class="phone" />
    <path d="M158 101h4M167 101h4M176 101h4M158 107h4M167 107h4M176 107h4" class="keys" />
    <path d="M36 114h236v9H36Z" class="leaf" />
    <path d="M52 123v27M256 123v27" class="line" />
    <path d="m206 112 34 0 6-6-34 0Z" class="paper" />
    <path d="M250 112l14-12" class="line" />
    <Bubble x={136} y={30}>
      <path d="M120 23h32M120 30h32M120 37h20" class="words" />
    </Bubble>
  </>
)

const ART: Record<SceneId, () => ComponentChildren> = {
  door: Door,
  street: Street,
  car: Car,
  work: Work,
  border: Border,
  detention: Detention,
}

export const SceneArt = ({ id }: { id: SceneId }) => {
  const Drawn = ART[id]
  return (
    <svg class="art" viewBox="0 0 320 170" aria-hidden="true" focusable="false">
      <Drawn />
    </svg>
  )
}
