/** The table of docs/errors.md: every error, and what it is in each API. */
import { type DomainError, ERROR_CODES, type ErrorCode } from '../../core/errors.ts';
import * as eclipseProxy from '../dialects/eclipseproxy/errors.ts';
import * as ghostealth from '../dialects/ghostealth/errors.ts';
import * as infiniteProxies from '../dialects/infiniteproxies/errors.ts';
import * as vpsCtrl from '../dialects/vpsctrl/errors.ts';
import type { DialectReference, ErrorAnswer } from '../http/dialect.ts';
import { answerProblem, PROBLEM_REFERENCE } from '../http/problem.ts';
import { ERROR_REFERENCE, sampleErrors } from './error-reference.ts';

interface Column {
  title: string;
  answerError: (error: DomainError) => ErrorAnswer;
  codeOf: DialectReference['codeOf'];
}

const COLUMNS: readonly Column[] = [
  {
    title: 'EclipseProxy',
    answerError: eclipseProxy.answerError,
    codeOf: eclipseProxy.REFERENCE.codeOf,
  },
  {
    title: 'InfiniteProxies',
    answerError: infiniteProxies.answerError,
    // Its clients have the message alone.
    codeOf: (body) => (body as { status: { message: string } }).status.message,
  },
  { title: 'VPSCtrl', answerError: vpsCtrl.answerError, codeOf: vpsCtrl.REFERENCE.codeOf },
  { title: 'Ghostealth', answerError: ghostealth.answerError, codeOf: ghostealth.REFERENCE.codeOf },
  { title: 'Headgate’s own', answerError: answerProblem, codeOf: PROBLEM_REFERENCE.codeOf },
];

export function errorTable(): string {
  const headings = ['error', 'meaning', 'what to do', ...COLUMNS.map(({ title }) => title)];
  const rows = ERROR_CODES.map((code) => [
    `\`${code}\``,
    ERROR_REFERENCE[code].meaning,
    ERROR_REFERENCE[code].remedy,
    ...COLUMNS.map((column) => cellOf(column, code)),
  ]);
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The status, and all codes that the error's samples come to; of messages one is enough. */
function cellOf({ title, answerError, codeOf }: Column, code: ErrorCode): string {
  const answers = sampleErrors(code).map(answerError);
  const texts = [...new Set(answers.map(({ body }) => `\`${codeOf(body)}\``))];
  const shown = title === 'InfiniteProxies' ? texts.slice(0, 1) : texts;
  return `${answers[0]!.status} ${shown.join(', ')}`;
}
