// SPDX-License-Identifier: Apache-2.0
package org.sllmr.data.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sllmr.data.Samples;

/** Which samples are of which part, written piece by piece. */
sealed interface PieceSplit {
    /**
     * Adds the next users.
     *
     * @param firstUser number of users before the piece
     * @param firstContext rows of context columns before the piece
     */
    void add(StoredSplit split, int firstUser, int firstContext) throws IOException;

    List<Manifest.StoredFile> finish() throws IOException;

    /** As in the manifest; null with leave-one-out. */
    Manifest.@Nullable Parts parts();

    /** As in the manifest. */
    int negatives();

    /** A split of the kind of the first piece. */
    static PieceSplit of(RowPiece first, PieceColumns.Folder folder) throws IOException {
        boolean contexts =
                !first.contextFields().isEmpty() || !first.contextNumbers().isEmpty();
        return first.split() instanceof StoredParts parts
                ? new Parted(parts, contexts, folder)
                : new Drawn(((Negatives) first.split()).perPositive(), folder);
    }

    /** Negatives of a leave-one-out split. */
    final class Drawn implements PieceSplit {
        private final int perPositive;
        private final PieceFile training;
        private final PieceFile validation;
        private final PieceFile test;

        private Drawn(int perPositive, PieceColumns.Folder folder) throws IOException {
            this.perPositive = perPositive;
            training = folder.create(Layout.TRAINING_NEGATIVES + DatasetFile.INTS);
            validation = folder.create(Layout.VALIDATION_NEGATIVES + DatasetFile.INTS);
            test = folder.create(Layout.TEST_NEGATIVES + DatasetFile.INTS);
        }

        @Override
        public void add(StoredSplit split, int firstUser, int firstContext) throws IOException {
            Negatives negatives = (Negatives) split;
            training.putInts(negatives.training(), 0);
            validation.putInts(negatives.validation(), 0);
            test.putInts(negatives.test(), 0);
        }

        @Override
        public List<Manifest.StoredFile> finish() throws IOException {
            return List.of(training.finish(), validation.finish(), test.finish());
        }

        @Override
        public Manifest.@Nullable Parts parts() {
            return null;
        }

        @Override
        public int negatives() {
            return perPositive;
        }
    }

    /** Samples that are stored row by row. */
    final class Parted implements PieceSplit {
        private final Manifest.Parts parts;
        private final List<PieceFile> contexts = new ArrayList<>();
        private final PieceFile trainingLengths;
        private final PieceFile validationLengths;
        private final List<Part> samples = new ArrayList<>();

        private Parted(StoredParts first, boolean withContexts, PieceColumns.Folder folder) throws IOException {
            if (first.labelled() || first.calibration().isPresent()) {
                throw new IllegalArgumentException("samples with labels of their own are not written in pieces");
            }
            parts = new Manifest.Parts(
                    first.kind(), false, false, withContexts, first.training().groupSize() - 1);
            if (withContexts) {
                contexts.add(folder.create(Layout.LOG_CONTEXTS + DatasetFile.INTS));
            }
            trainingLengths = folder.create(Layout.TRAINING_LENGTHS + DatasetFile.INTS);
            validationLengths = folder.create(Layout.VALIDATION_LENGTHS + DatasetFile.INTS);
            for (String name : List.of(Layout.TRAINING, Layout.VALIDATION, Layout.TEST)) {
                samples.add(new Part(name, withContexts, folder));
            }
        }

        @Override
        public void add(StoredSplit split, int firstUser, int firstContext) throws IOException {
            StoredParts piece = (StoredParts) split;
            for (PieceFile file : contexts) {
                file.putIndices(piece.contexts(), firstContext);
            }
            trainingLengths.putInts(piece.trainingLengths(), 0);
            validationLengths.putInts(piece.validationLengths(), 0);
            samples.get(0).add(piece.training(), firstUser, firstContext);
            samples.get(1).add(piece.validation(), firstUser, firstContext);
            samples.get(2).add(piece.test(), firstUser, firstContext);
        }

        @Override
        public List<Manifest.StoredFile> finish() throws IOException {
            List<Manifest.StoredFile> files = new ArrayList<>();
            for (PieceFile file : contexts) {
                files.add(file.finish());
            }
            files.add(trainingLengths.finish());
            files.add(validationLengths.finish());
            for (Part part : samples) {
                part.finish(files);
            }
            return files;
        }

        @Override
        public Manifest.Parts parts() {
            return parts;
        }

        @Override
        public int negatives() {
            return 0;
        }
    }

    /** The samples of one part. */
    final class Part {
        private final PieceFile users;
        private final PieceFile items;
        private final PieceFile positions;
        private final List<PieceFile> contexts = new ArrayList<>();

        private Part(String name, boolean withContexts, PieceColumns.Folder folder) throws IOException {
            users = folder.create(Layout.users(name) + DatasetFile.INTS);
            items = folder.create(Layout.items(name) + DatasetFile.INTS);
            positions = folder.create(Layout.positions(name) + DatasetFile.INTS);
            if (withContexts) {
                contexts.add(folder.create(Layout.contexts(name) + DatasetFile.INTS));
            }
        }

        private void add(Samples samples, int firstUser, int firstContext) throws IOException {
            users.putInts(samples.instances().users(), firstUser);
            items.putInts(samples.instances().items(), 0);
            positions.putInts(samples.instances().positions(), 0);
            for (PieceFile file : contexts) {
                file.putIndices(samples.instances().contexts(), firstContext);
            }
        }

        private void finish(List<Manifest.StoredFile> files) throws IOException {
            files.add(users.finish());
            files.add(items.finish());
            files.add(positions.finish());
            for (PieceFile file : contexts) {
                files.add(file.finish());
            }
        }
    }
}
