import type { Exposure, ExposureSource, MatrixEffect } from "../bindings.gen";
import type { Commands } from "../client";

/** The commands that say what a change would do. */
type Asking = { [K in keyof Commands]: (...args: Parameters<Commands[K]>) => unknown };

/** What the window is told of the source. */
async function toldOf(desk: Asking, source: ExposureSource, job: string): Promise<unknown> {
  switch (source.of) {
    case "pending":
      return desk.exposureOfPending(job);
    case "since":
      return desk.exposureSince(source.change, job);
    case "undo":
      return desk.exposureOfUndo(source.change, job);
    case "user":
      return desk.exposureOfUser(source.id, source.form, job);
    case "record":
      return desk.exposureOfRecord(source.entity, source.id, source.values, job);
    case "deletion":
      return desk.exposureOfDeletion(source.entity, source.id, source.how, job);
    case "settings":
      return desk.exposureOfSettings(source.settings, job);
    case "bulk":
      return desk.bulkExposure(source.edit, job);
    case "offboard":
      return desk.offboardExposure(source.input, job);
    case "cells":
      return desk.exposureOfCells(source.edits, job);
    case "column":
      return ((await desk.effectOfColumn(source.edit, job)) as MatrixEffect).exposure;
  }
}

/** How many people a source concerns: as far as it tells of them one by one, who is in both lists counts once. */
export async function concernedBy(desk: Asking, source: ExposureSource, job: string): Promise<number> {
  const told = (await toldOf(desk, source, job)) as Exposure;
  const both = told.doubtful.filter(({ id }) => told.examples.some((one) => one.id === id));
  return told.affected + told.unknown - both.length;
}
