/** The profile in grey, in the size that it will have. */
import { SkeletonBlock, SkeletonRows } from '@/components/states/loading-state';

export function ProfileSkeleton() {
  return (
    <div style={{ padding: 24 }}>
      <div className="k-row" style={{ gap: 14 }}>
        <SkeletonBlock width={52} height={52} isRound />
        <span className="k-stack" style={{ gap: 8 }}>
          <SkeletonBlock width={180} height={20} />
          <SkeletonBlock width={320} />
        </span>
      </div>
      <div className="k-row" style={{ gap: 32, margin: '24px 0' }}>
        {[96, 80, 104, 72].map((width) => (
          <SkeletonBlock key={width} width={width} height={32} />
        ))}
      </div>
      <SkeletonRows count={10} height={36} />
    </div>
  );
}
