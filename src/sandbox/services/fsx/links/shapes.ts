import { listOf, members, oneOf, text } from '../../json/shape.ts'

/** Shapes of the service model (fsx, 2018-03-01) that associations and tasks share. */
export const ASSOCIATION_ID = text({ max: 23, min: 13, pattern: /^(dra-[0-9a-f]{8,})$/ })
export const TASK_ID = text({ max: 128, min: 12, pattern: /^(task-[0-9a-f]{17,})$/ })

// eslint-disable-next-line no-control-regex -- the model's own
const NO_BREAKS = /^[^\u0000\u0085\u2028\u2029\r\n]*$/
export const FOLDER = text({ max: 4096, min: 1, pattern: NO_BREAKS })
export const REPOSITORY = text({ max: 4357, min: 3, pattern: NO_BREAKS })
export const TASK_PATH = text({ max: 4096, min: 0, pattern: NO_BREAKS })

const EVENTS = members({}, { Events: listOf(oneOf('NEW', 'CHANGED', 'DELETED'), { max: 3 }) })
export const S3_POLICIES = members({}, { AutoImportPolicy: EVENTS, AutoExportPolicy: EVENTS })
