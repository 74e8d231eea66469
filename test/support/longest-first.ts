/** The order of a run's files: those that take long begin first, so that none of them is left alone with one core at the end. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** From the longest down, as of the times a whole run prints; only some tens of seconds matter. Other files follow by their size. */
const LONGEST = [
  /\/browser\/(owner-pages|reseller-looks)\./,
  /\/e2e\/(hand-over|cli|remote-gateway|quota-processes)\./,
  /\/dialects\/hostile\./,
  /\/browser\//,
  /\/crash\//,
  /\/db\/embedded\./,
  /\/own\/hostile\./,
  /\/dialects\/fixtures\./,
  /\/e2e\//,
  /\/clients\.test/,
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((pattern) => pattern.test(moduleId));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
