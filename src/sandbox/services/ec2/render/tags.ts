export const tagSet = (tags: ReadonlyMap<string, string>): { key: string; value: string }[] =>
  [...tags].map(([key, value]) => ({ key, value }))
