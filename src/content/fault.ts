/**
 * One thing that is wrong with the content. `file`: its name below `src/content/`, or the overlay's. `path`: keys and indices from the top of the
 * file to the mistake, by which `lineOf` finds the line.
 */
export type Fault = { file: string; path: readonly PropertyKey[]; message: string }
