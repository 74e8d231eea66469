/** What `headgate start` prints for a person: where things are, and on the first run, what to paste. */
import type { FirstRun } from '../first-run.ts';
import type { RunningServer } from '../server.ts';

/** Everything needed for a first byte through the gateway. Shown once: the key and the password are stored as hashes. */
export function firstRunText({ apiUrl, gatewayUrl }: RunningServer, first: FirstRun): string {
  const lines = [
    '',
    'Welcome to Headgate. This is shown once:',
    '',
    ...(apiUrl ? [`  console     ${apiUrl}`] : []),
    `  owner       ${first.ownerEmail}`,
    `  password    ${first.ownerPassword ?? '(as set in HEADGATE_OWNER_PASSWORD)'}`,
  ];
  if (first.demo) {
    const { storeCode, key, email, password } = first.demo;
    lines.push(
      `  reseller    ${storeCode}, with 10 GB residential, 1 GB mobile and 100.00 USD`,
      `  its key     ${key}`,
      `  its login   ${email}, password ${password}`,
      '',
    );
    if (apiUrl) {
      const subuser = `${apiUrl}/api/reseller/v1/subusers`;
      lines.push(
        'Make a subuser with 100 MB:',
        '',
        `  curl -s ${subuser} \\`,
        `    -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\`,
        `    -d '{"username":"user1","email":"user1@example.com","bandwidth":100}'`,
        '',
      );
      if (gatewayUrl) {
        lines.push(
          'Send its traffic through the gateway (the password is read from the API):',
          '',
          `  curl -x ${gatewayUrl} -U "${storeCode}_user1:$(curl -s ${subuser}/${storeCode}_user1 \\`,
          `    -H 'Authorization: Bearer ${key}' | sed 's/.*"password":"\\([^"]*\\)".*/\\1/')" https://example.com/`,
          '',
        );
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

export function startedText({
  apiUrl,
  healthUrl,
  gatewayUrl,
  gatewayTlsUrl,
  relay,
  roles,
  dataFolder,
  databaseText,
}: RunningServer): string {
  const lines = [
    apiUrl ? `  API         ${apiUrl}` : undefined,
    healthUrl ? `  health      ${healthUrl}` : undefined,
    gatewayUrl ? `  gateway     ${gatewayUrl}` : undefined,
    gatewayTlsUrl ? `  TLS         ${gatewayTlsUrl}` : undefined,
    relay ? `  relay       ${relay}` : undefined,
    `  database    ${databaseText}`,
    `  data        ${dataFolder}`,
    roles.length < 3 ? `  roles       ${roles.join(', ')}` : undefined,
  ];
  return `${lines.filter((line) => line !== undefined).join('\n')}\n`;
}
