/** A number of any country as people read it: American ones with brackets, others as they are dialled. Pure. */
export const numberOf = (phone: string): string => phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')
