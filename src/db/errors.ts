/** The database cannot be opened or kept open. The message is a sentence for the operator: what is wrong, what to do. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
}
