/** Where this phone keeps the ticks of the list that is for anybody (`/help/<language>/steps`). In no name, and of nobody. */
export const STEPS_HERE = 'amparo/steps-here'
