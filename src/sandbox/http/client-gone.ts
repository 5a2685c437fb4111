/** The caller's connection broke before its whole request had come: nobody is left to be answered. */
export class ClientGone extends Error {
  constructor(cause: unknown) {
    super('the connection broke while the request came in', { cause })
    this.name = 'ClientGone'
  }
}
