import { Icon } from '../../ui/icons.tsx'

export const BookIcon = () => (
  <Icon path="M12 6c-2-1.300-5-1.700-8-1.500v13c3-.200 6 .200 8 1.500 2-1.300 5-1.700 8-1.500v-13c-3-.200-6 .200-8 1.500Zm0 0v13" />
)
