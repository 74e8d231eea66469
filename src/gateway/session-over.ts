/**
 * What a ControlLink's `report`, `lease` and `close` reject with when the control side no longer knows the session (its
 * heartbeat was missed, or the control side ended it). Any other rejection means "the link is away" and is retried.
 */
export class SessionOver extends Error {
  override name = 'SessionOver';

  constructor(message = 'the control side has ended this session') {
    super(message);
  }
}
