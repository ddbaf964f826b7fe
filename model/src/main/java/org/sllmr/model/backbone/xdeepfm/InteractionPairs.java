// SPDX-License-Identifier: Apache-2.0
package org.sllmr.model.backbone.xdeepfm;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.sllmr.model.backbone.PairSource;
import org.sllmr.model.pair.PairActivation;
import org.sllmr.model.pair.PairParameters;

/**
 * The compressed interaction network for ranking.
 *
 * <p>The first layer is a sum over pairs of fields: two of the user's give a constant of the user, two of the item's a
 * constant of the item, and one of each is linear in the item's embeddings with weights of the user. In a further layer,
 * for one user, the products of a map with all of the user's fields are that map times one number, so all user fields
 * together cost as much as one: (fields of the item + 1) in place of all fields.
 *
 * <p>Elements of embeddings stand first, {@code [dimension, items, maps]}: each element has its own weights of the user.
 */
final class InteractionPairs {
    private final int dimension;
    private final int userFields;
    private final int itemFields;
    private final List<Layer> layers = new ArrayList<>();
    private final Tensor userPlaces;
    private final Tensor itemPlaces;

    /**
     * One layer.
     *
     * @param weight {@code [maps, fields, maps of the layer before]}
     * @param ofItem the part of it for the item's fields, as a matrix {@code [maps, item fields * maps before]}
     * @param output the output weights of its maps, {@code [maps]}; 0 for those that only go on
     * @param kept how many maps, the first ones, the next layer reads
     */
    private record Layer(
            Tensor weight, Tensor ofItem, Tensor bias, PairActivation activation, Tensor output, int kept) {}

    InteractionPairs(PairSource source, XDeepFmSettings settings, Tensor outputWeight) {
        PairParameters parameters = source.parameters();
        dimension = source.shape().dimension();
        userFields = source.fields(false);
        itemFields = source.fields(true);
        userPlaces = source.columns(false, 1);
        itemPlaces = source.columns(true, 1);
        long fields = (long) userFields + itemFields;
        long pooled = 0;
        for (int i = 0; i < settings.maps().size(); i++) {
            int maps = settings.maps().get(i);
            boolean halved = settings.split() && i < settings.maps().size() - 1;
            int from = halved ? maps / 2 : 0;
            Tensor weight = parameters.get("cin." + i + ".weight").view(maps, fields, -1);
            Tensor ofItem = parameters.keep(
                    weight.index_select(1, itemPlaces).reshape(maps, -1).contiguous());
            Tensor output = torch.zeros(maps);
            output.narrow(0, from, (long) maps - from).copy_(outputWeight.narrow(0, pooled, (long) maps - from));
            pooled += maps - from;
            layers.add(new Layer(
                    parameters.keep(weight),
                    ofItem,
                    parameters.get("cin." + i + ".bias"),
                    PairActivation.of(parameters, "cin." + i + ".activation", settings.activation()),
                    parameters.keep(output),
                    halved ? maps / 2 : maps));
        }
    }

    /** The items' embeddings by element, {@code [dimension, items, item fields]}, and their part of the first layer. */
    List<Tensor> items(Tensor fields) {
        Tensor x =
                fields.view(-1, itemFields, dimension).permute(2, 0, 1).clone().contiguous();
        Layer first = layers.get(0);
        Tensor inner = first.weight.index_select(1, itemPlaces).index_select(2, itemPlaces);
        Tensor products = x.unsqueeze(3).mul(x.unsqueeze(2));
        int maps = (int) first.bias.size(0);
        Tensor own = torch.linear(products.view(dimension, -1, (long) itemFields * itemFields), inner.view(maps, -1));
        return List.of(x, own);
    }

    /** The user's part of each layer: for the first, weights of the item's fields and a constant; else, of the maps. */
    List<Tensor> user(Tensor fields) {
        Tensor x = fields.view(userFields, dimension).transpose(0, 1).contiguous();
        List<Tensor> state = new ArrayList<>();
        Layer first = layers.get(0);
        Tensor byUser = first.weight.index_select(1, userPlaces);
        Tensor byItem = first.weight.index_select(1, itemPlaces);
        long maps = first.bias.size(0);
        // One field of each side comes in either order: [maps, user field, item field].
        Tensor across = byUser.index_select(2, itemPlaces)
                .add(byItem.index_select(2, userPlaces).transpose(1, 2));
        state.add(weighted(x, across));
        Tensor products = x.unsqueeze(2).mul(x.unsqueeze(1)).view(dimension, (long) userFields * userFields);
        Tensor inner = byUser.index_select(2, userPlaces).reshape(maps, -1);
        state.add(torch.linear(products, inner, new TensorOptional(first.bias)).unsqueeze(1));
        for (Layer layer : layers.subList(1, layers.size())) {
            state.add(weighted(x, layer.weight.index_select(1, userPlaces)));
        }
        return state;
    }

    /** sum over user fields m of x_m W_(h,m,k): {@code [dimension, k, maps h]}. */
    private Tensor weighted(Tensor x, Tensor weight) {
        Tensor byField = weight.permute(1, 2, 0).reshape(userFields, -1);
        return x.mm(byField).view(dimension, weight.size(2), weight.size(0));
    }

    /**
     * The output weights' product with all pooled maps.
     *
     * @param user what {@link #user} gave, from {@code at} on
     * @param items what {@link #items} gave, from {@code at} on
     * @return {@code [items]}
     */
    Tensor forward(List<Tensor> user, List<Tensor> items, int at) {
        Tensor x = items.get(at);
        long count = x.size(1);
        Tensor y = torch.baddbmm(items.get(at + 1), x, user.get(at)).add_(user.get(at + 1));
        Tensor sum = torch.zeros(count);
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            long maps = layer.bias.size(0);
            if (i > 0) {
                Layer before = layers.get(i - 1);
                Tensor kept = y.narrow(2, 0, before.kept).contiguous();
                Tensor products = x.unsqueeze(3).mul(kept.unsqueeze(2)).view(dimension * count, -1);
                Tensor ofItem = torch.linear(products, layer.ofItem, new TensorOptional(layer.bias));
                y = ofItem.view(dimension, count, maps).baddbmm_(kept, user.get(at + 1 + i));
            }
            y = layer.activation.apply(y.view(-1, maps)).view(dimension, count, maps);
            sum.add_(y.view(-1, maps).mv(layer.output).view(dimension, count).sum(0));
        }
        return sum;
    }
}
