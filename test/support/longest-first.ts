/**
 * The order of a run's files: those that take long begin first, so that none of them is left alone with one core at the end. A project's
 * files are together: a worker that goes from one project to the other begins anew.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** From the longest down, as of the times a whole run prints; only some tens of seconds matter. Other files follow by their size. */
const LONGEST = [
  /\/e2e\/cli\./,
  /\/browser\/(owner|sign-in|many)/,
  /\/db\/embedded\./,
  /\/e2e\/(remote-gateway|hand-over|quota-processes)\./,
  /\/crash\/(journal|kill)\./,
  /\/core\/leases-property\./,
  /\/browser\//,
  /\/dialects\/hostile\./,
  /\/crash\//,
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
