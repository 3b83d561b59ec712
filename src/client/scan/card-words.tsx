import { sc } from '../text/scan-text.ts'
import { Heading } from '../ui/page.tsx'

/** What whoever has scanned a card is told, before and after the press. Nothing of the family stands here. */
export const CardAbout = () => (
  <>
    <Heading>{sc('card.title')}</Heading>
    <p>{sc('card.about')}</p>
    <p class="soft small">{sc('card.waits')}</p>
  </>
)

/** @param leftMs until it goes out, by the service's word */
export const CardCounting = ({ leftMs }: { leftMs: number }) => (
  <>
    <Heading>{sc('card.counting', { minutes: Math.max(1, Math.ceil(leftMs / 60_000)) })}</Heading>
    <p>{sc('card.counting.more')}</p>
  </>
)
