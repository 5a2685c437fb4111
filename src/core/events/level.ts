/** How much an event matters to a person: debug is shown with -v only. */
export type Level = 'debug' | 'info' | 'success' | 'warning' | 'error'

/** Words for people, derived from an event's data. */
export type Sentence<D> = (data: D) => string
