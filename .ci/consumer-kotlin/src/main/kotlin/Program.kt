import dev.facula.DType
import dev.facula.Facula
import dev.facula.Tensor
import dev.facula.data.DataLoader
import dev.facula.data.TensorDataset
import dev.facula.loss.CrossEntropyLoss
import dev.facula.nn.Linear
import dev.facula.nn.Module
import dev.facula.optim.SGD

class Net : Module() {
    private val hidden = register("hidden", Linear(2, 16))
    private val out = register("out", Linear(16, 2))

    override fun forward(x: Tensor): Tensor = out.forward(hidden.forward(x).relu())
}

/** The first program of the README. */
fun main() {
    Facula.manualSeed(0)
    val points = Tensor.rand(1000, 2).mul(2.0).sub(1.0)
    val labels = points.square().sum(1).lt(0.5).to(DType.INT64)
    val net = Net()
    val criterion = CrossEntropyLoss()
    val optimizer = SGD(net.parameters(), 0.1) { it.momentum(0.9) }
    val loader = DataLoader(TensorDataset(points, labels), 50) { it.shuffle(true) }
    repeat(20) {
        for (batch in loader) {
            optimizer.zeroGrad()
            val loss = criterion.forward(net.forward(batch.input()), batch.target())
            loss.backward()
            optimizer.step()
        }
    }
    Facula.noGrad().use {
        val right = net.forward(points).argmax(1).eq(labels).to(DType.FLOAT32).mean().item()
        println("%.1f %% right".format(100 * right))
        check(right > 0.9)
    }
}
