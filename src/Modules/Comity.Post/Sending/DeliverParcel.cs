using Comity.Kernel.Work;

namespace Comity.Post.Sending;

internal static class DeliverParcel
{
    public const string WorkKind = "post.deliver";
}
