/** What of an invitation's link stands behind the console's address. The browser sends the part behind `#` to no server. */
export function invitationPath(token: string): string {
  return `/invitation#${token}`;
}
