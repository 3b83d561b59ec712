import { Icon } from './icons.tsx'

export const ShareIcon = () => <Icon path="M12 15V4m0 0L8 8m4-4 4 4M5 13v6h14v-6" />
