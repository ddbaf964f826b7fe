// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sllmr.configuration.InvalidInputException;
import org.sllmr.model.backbone.BackboneSettings;
import org.sllmr.model.backbone.autoint.AutoIntSettings;
import org.sllmr.model.backbone.dcnv1.Dcnv1Settings;
import org.sllmr.model.backbone.dcnv2.Dcnv2Settings;
import org.sllmr.model.backbone.deepfm.DeepFmSettings;
import org.sllmr.model.backbone.din.DinSettings;
import org.sllmr.model.backbone.lightgcn.LightGcnSettings;
import org.sllmr.model.backbone.lightgcn.NgcfSettings;
import org.sllmr.model.backbone.mf.MatrixFactorizationSettings;
import org.sllmr.model.backbone.neumf.NeuMfSettings;
import org.sllmr.model.backbone.sasrec.SasRecSettings;
import org.sllmr.model.backbone.xdeepfm.XDeepFmSettings;

/**
 * The backbones that settings can name: those of this project, and those of every {@link BackboneProvider} on the class path.
 */
public final class Backbones {
    private static final List<Entry> OWN = List.of(
            new Entry("deepfm", "DeepFM", DeepFmSettings.class, DeepFmSettings.defaults()),
            new Entry("xdeepfm", "xDeepFM", XDeepFmSettings.class, XDeepFmSettings.defaults()),
            new Entry("autoint", "AutoInt", AutoIntSettings.class, AutoIntSettings.defaults()),
            new Entry("dcnv1", "DCNv1", Dcnv1Settings.class, Dcnv1Settings.defaults()),
            new Entry("dcnv2", "DCNv2", Dcnv2Settings.class, Dcnv2Settings.defaults()),
            new Entry("din", "DIN", DinSettings.class, DinSettings.defaults()),
            new Entry(
                    "mf",
                    "Matrix factorization",
                    MatrixFactorizationSettings.class,
                    MatrixFactorizationSettings.defaults()),
            new Entry("neumf", "NeuMF", NeuMfSettings.class, NeuMfSettings.defaults()),
            new Entry("sasrec", "SASRec", SasRecSettings.class, SasRecSettings.defaults()),
            new Entry("lightgcn", "LightGCN", LightGcnSettings.class, LightGcnSettings.defaults()),
            new Entry("ngcf", "NGCF", NgcfSettings.class, NgcfSettings.defaults()));

    private static final List<Entry> ENTRIES = load();

    /**
     * A named backbone.
     *
     * @param name as settings give it
     * @param title as its paper and tables write it
     * @param settings record to bind further settings to
     * @param defaults an instance of that record
     */
    public record Entry(
            String name, String title, Class<? extends BackboneSettings> settings, BackboneSettings defaults) {}

    private Backbones() {}

    private static List<Entry> load() {
        List<Entry> entries = new ArrayList<>(OWN);
        // Jars that a cluster adds to its executors are known to the thread's class loader alone; threads of a pool may
        // have others.
        Map<String, BackboneProvider> providers = new LinkedHashMap<>();
        for (ServiceLoader<BackboneProvider> found : List.of(
                ServiceLoader.load(BackboneProvider.class),
                ServiceLoader.load(BackboneProvider.class, Backbones.class.getClassLoader()))) {
            found.forEach(provider -> providers.putIfAbsent(provider.getClass().getName(), provider));
        }
        for (BackboneProvider provider : providers.values()) {
            for (Entry entry : provider.backbones()) {
                if (entries.stream().anyMatch(known -> known.name().equals(entry.name()))) {
                    throw new InvalidInputException(
                            provider.getClass().getName(),
                            "names a backbone '" + entry.name() + "', which there is already; choose another name");
                }
                entries.add(entry);
            }
        }
        return List.copyOf(entries);
    }

    /** All backbones. */
    public static List<Entry> all() {
        return ENTRIES;
    }

    /**
     * The backbone of that name.
     *
     * @throws InvalidInputException if there is none
     */
    public static Entry named(String name) {
        return ENTRIES.stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "backbone",
                        "is '" + name + "', allowed is one of "
                                + String.join(
                                        ", ", ENTRIES.stream().map(Entry::name).toList())));
    }

    /** The name of the backbone that these settings are for. */
    public static String nameOf(BackboneSettings settings) {
        return entryOf(settings).map(Entry::name).orElse(settings.getClass().getName());
    }

    /** The title of the backbone that these settings are for. */
    public static String titleOf(BackboneSettings settings) {
        return entryOf(settings).map(Entry::title).orElse(settings.getClass().getSimpleName());
    }

    private static Optional<Entry> entryOf(BackboneSettings settings) {
        return ENTRIES.stream()
                .filter(entry -> entry.settings().isInstance(settings))
                .findFirst();
    }
}
