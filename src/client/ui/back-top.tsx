import { s } from '../text/setup-text.ts'
import { Top } from './page.tsx'

export const BackTop = ({ to, title = 'Amparo' }: { to: string; title?: string }) => (
  <Top
    title={title}
    side={
      <a class="quiet" href={`#/${to}`}>
        {s('back')}
      </a>
    }
  />
)
