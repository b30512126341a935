import type { en } from './en.ts';

/**
 * The shape every language fills. Portuguese and Spanish have a third form of number, `many`, for whole millions
 * ("1 milhão de linhas"): where English has `_other`, they have `_many` too.
 */
export type Words = Filled<typeof en>;

type Filled<Shape> = { [Key in keyof Shape]: Shape[Key] extends string ? string : Filled<Shape[Key]> } & {
  [Key in keyof Shape as Key extends `${infer Name}_other` ? `${Name}_many` : never]: string;
};
