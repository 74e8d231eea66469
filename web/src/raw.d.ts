/** The text of a file that is no part of the console. */
declare module '*?raw' {
  const text: string;
  export default text;
}
