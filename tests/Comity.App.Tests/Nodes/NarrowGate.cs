using Comity.Kernel.Data;
using Comity.Kernel.Writing;
using Microsoft.Extensions.DependencyInjection;

namespace Comity.App.Tests.Nodes;

/// <summary>The node's own gate, behind which there is no room for as long as a test says.</summary>
internal sealed class NarrowGate : WriteGate
{
    private WriteGate _gate = null!;

    public bool IsFull { get; set; }

    /// <summary>Puts it in front of the gate that the node would have.</summary>
    public NodePlan Of(NodePlan plan) =>
        plan with
        {
            Instead = services =>
            {
                plan.Instead?.Invoke(services);
                services.AddSingleton<WriteGate>(provider =>
                {
                    _gate = provider.GetRequiredService<GroupCommitGate>();
                    return this;
                });
            },
        };

    internal override Task PassAsync(IUnit unit, CancellationToken ct)
    {
        if (!IsFull)
            return _gate.PassAsync(unit, ct);
        unit.Fail(new DiskFullException(new IOException("No space left on device")));
        return Task.CompletedTask;
    }
}
