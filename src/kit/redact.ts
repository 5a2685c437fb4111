/**
 * Takes secrets out of text before it is written anywhere: AWS secret keys and session tokens where they are named,
 * signatures in headers and query strings, and private key blocks.
 */
export function redact(text: string): string {
  return text
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '[private key]')
    .replace(/\b(X-Amz-(?:Security-Token|Signature|Credential)=)[^&\s"']+/gi, '$1[redacted]')
    .replace(/(\bSignature=)[0-9a-f]{16,}/g, '$1[redacted]')
    .replace(/((?:secret_?access_?key|session_?token|security-token)["']?\s*[:=]\s*["']?)[^\s"',}]+/gi, '$1[redacted]')
}
