import type { Strength } from '../../domain/strength.ts';

/** What was last counted over all enabled passwords. */
export type Survey = {
  countedAt: Date;
  strengths: Record<Strength, number>;
  sites: { site: string; passwords: number; people: number }[];
  people: { username: string; weak: number; reused: number }[];
};

/** Tells a job that a survey is wanted, and others what it found, without either knowing the other. In memory alone. */
export type Surveys = {
  latest(): Survey | null;
  want(): void;
  onWanted(listener: () => void): void;
  keep(survey: Survey): void;
};

export function startSurveys(): Surveys {
  let survey: Survey | null = null;
  let listener = () => {};
  return {
    latest: () => survey,
    want: () => listener(),
    onWanted(heard) {
      listener = heard;
    },
    keep(next) {
      survey = next;
    },
  };
}
