import { sanitise } from '../../ui/sanitise.ts'

/** Text of an error for a terminal: its line breaks are ours, any other control character somebody else's. */
export function safeLines(text: string): string {
  return text.split('\n').map(sanitise).join('\n')
}

/** JSON leaves DEL, C1 and marks of direction as they are, and terminals obey them too; as escapes they mean the same. */
export function safeJson(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
