/** As the server has it; it has the last word. */
export const SHORTEST_PASSWORD = 8;

/** Checks of a form with a new password that is written twice. */
export function passwordRules(texts: { tooShort: string; differs: string }) {
  return {
    newPassword: (value: string) => (value.length < SHORTEST_PASSWORD ? texts.tooShort : null),
    again: (value: string, values: { newPassword: string }) =>
      value === values.newPassword ? null : texts.differs,
  };
}
