/**
 * The order of a run's files: those that take long begin first, so that none of them is left alone with one core at the end. A project's
 * files are together: a worker that goes from one project to the other begins anew.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * From the longest down, as of the times a whole run prints; only some tens of seconds matter. What drives a browser has much to compute, so
 * it stands between others that mostly wait. Other files follow by their size.
 */
const LONGEST = [
  /\/e2e\/cli\./,
  /\/browser\/many-subusers\./,
  /\/e2e\/remote-gateway\./,
  /\/browser\/owner-operation\./,
  /\/crash\/journal\./,
  /\/db\/embedded\./,
  /\/browser\/sign-in\./,
  /\/crash\/kill\./,
  /\/e2e\/hand-over\./,
  /\/browser\/owner-pages\./,
  /\/e2e\/quota-processes\./,
  /\/browser\/reseller-looks\./,
  /\/core\/leases-property\./,
  /\/browser\/owner-trade\./,
  /\/crash\/(credit-log|database)\./,
  /\/browser\//,
  /\/dialects\/hostile\./,
  /\/clients\/clients\./,
  /\/e2e\//,
  /\/own\/hostile\./,
  /\/api\/many-subusers\./,
  /\/dialects\//,
  /\/gateway\/(integrity|broken-off|programs|journal-kills)\./,
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((pattern) => pattern.test(moduleId));
      return found < 0 ? LONGEST.length : found;
    };
    const projects = [...new Set(files.map((file) => file.project.name))].sort();
    const place = (file: TestSpecification) => projects.indexOf(file.project.name) * 1_000 + rank(file);
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
